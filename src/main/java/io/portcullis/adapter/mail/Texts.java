package io.portcullis.adapter.mail;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of messages: {@code mail_en.properties} and {@code mail_fr.properties}. */
final class Texts {
    private static final Pattern GAP = Pattern.compile("\\{([A-Za-z]+)}");
    private static final ResourceBundle.Control AS_ASKED =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final ResourceBundle ENGLISH = ResourceBundle.getBundle("mail", Locale.ENGLISH, AS_ASKED);
    private static final ResourceBundle FRENCH = ResourceBundle.getBundle("mail", Locale.FRENCH, AS_ASKED);

    private Texts() {}

    /** The one of our languages that is nearest. */
    static Locale language(Locale asked) {
        return asked.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }

    static String get(Locale language, String key) {
        return bundle(language).getString(key);
    }

    static ResourceBundle bundle(Locale language) {
        return language(language).equals(Locale.FRENCH) ? FRENCH : ENGLISH;
    }

    /** Fills <code>{name}</code> in. What is filled in is not looked at again. */
    static String fill(String text, Map<String, String> values) {
        return GAP.matcher(text).replaceAll(gap -> {
            var value = values.get(gap.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing to fill in for " + gap.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
