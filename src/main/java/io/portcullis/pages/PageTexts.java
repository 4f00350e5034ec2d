package io.portcullis.pages;

import io.portcullis.http.Texts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the pages: {@code texts_en.properties} and {@code texts_fr.properties}, and those of the operator over them. Immutable. */
final class PageTexts {
    private static final Pattern GAP = Pattern.compile("\\{([0-9])}");
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    private final Map<Locale, Map<String, String>> texts = new HashMap<>();

    /** @throws IllegalArgumentException when a file of the folder cannot be read, or has a key that no page has */
    PageTexts(Optional<Path> folder) {
        for (var language : LANGUAGES) {
            var name = "texts_" + language.getLanguage() + ".properties";
            var known = shipped(name);
            folder.map(place -> place.resolve(name))
                    .filter(Files::exists)
                    .ifPresent(file -> own(file).forEach((key, text) -> {
                        if (known.replace(key, text) == null) {
                            throw new IllegalArgumentException(file + " has the text " + key + ", which no page has");
                        }
                    }));
            texts.put(language, Map.copyOf(known));
        }
    }

    private static Map<String, String> shipped(String name) {
        try (var in = PageTexts.class.getResourceAsStream("/pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> own(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            return read(in);
        } catch (IOException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(file + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static Map<String, String> read(Reader in) throws IOException {
        var properties = new Properties();
        properties.load(in);
        var texts = new HashMap<String, String>();
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    /** The text, with <code>{0}</code> and so on filled in; one that a page shows of an error is that of the API where no page has its own. */
    String get(Locale language, String key, List<?> values) {
        var text = find(language, key)
                .orElseGet(() -> Texts.get(language, key)); // of the errors, in the words that programs get too
        return GAP.matcher(text).replaceAll(gap -> {
            int index = Integer.parseInt(gap.group(1));
            return Matcher.quoteReplacement(index < values.size() ? String.valueOf(values.get(index)) : "");
        });
    }

    Optional<String> find(Locale language, String key) {
        return Optional.ofNullable(texts.getOrDefault(language, Map.of()).get(key));
    }
}
