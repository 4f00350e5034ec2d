package io.portcullis.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The texts people read, in English and French, by {@code Accept-Language} (RFC 9110, section 12.5.4). */
public final class Texts {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);
    private static final ResourceBundle.Control AS_ASKED =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<Locale, ResourceBundle> BUNDLES = LANGUAGES.stream()
            .collect(Collectors.toUnmodifiableMap(
                    language -> language, language -> ResourceBundle.getBundle("errors", language, AS_ASKED)));

    private Texts() {}

    /** The best language we have; English when the header is absent, broken or asks for another. */
    public static Locale language(@org.jspecify.annotations.Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 256) {
            return Locale.ENGLISH;
        }
        try {
            var match = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return match == null ? Locale.ENGLISH : match;
        } catch (IllegalArgumentException broken) {
            return Locale.ENGLISH;
        }
    }

    /** The language of this name, such as {@code fr}, where it is one of ours. */
    public static java.util.Optional<Locale> known(String name) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(name))
                .findFirst();
    }

    public static String get(Locale language, String key) {
        var bundle = BUNDLES.getOrDefault(language, BUNDLES.get(Locale.ENGLISH));
        return java.util.Objects.requireNonNull(bundle, "English is always there")
                .getString(key);
    }
}
