package io.portcullis.pages;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files that pages are made of besides templates: the operator's, else those in the jar. Read once. */
final class PageFiles {
    private static final int LARGEST_LOGO = 64 * 1024;
    private static final Map<String, String> IMAGES = Map.of(
            "svg",
            "image/svg+xml",
            "png",
            "image/png",
            "webp",
            "image/webp",
            "jpg",
            "image/jpeg",
            "jpeg",
            "image/jpeg");

    private static final Set<String> NAMES =
            Set.of("texts_en.properties", "texts_fr.properties", "style.css", "app.js");
    private static final Pattern KIND = Pattern.compile("\\.(html|properties|css|js)$");

    private PageFiles() {}

    /**
     * Holds an operator's folder against the names that the jar has, so that a misspelt one is told.
     *
     * @param templates names of the templates there are
     * @throws IllegalArgumentException for a file that would never be read
     */
    static void checkNames(Path folder, Set<String> templates) {
        try (var files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> KIND.matcher(name).find())
                    .filter(name -> !NAMES.contains(name) && !templates.contains(name.replace(".html", "")))
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(name + " has the name of no file of the pages");
                    });
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read", e);
        }
    }

    /** The text of {@code name}. @throws IllegalArgumentException when the operator's cannot be read */
    static String text(String name, Optional<Path> folder) {
        var own = folder.map(place -> place.resolve(name)).filter(Files::exists);
        if (own.isPresent()) {
            return new String(read(own.get()), StandardCharsets.UTF_8);
        }
        try (var in = PageFiles.class.getResourceAsStream("/pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image and its media type. */
    record Image(String type, Buffer bytes) {}

    /** @throws IllegalArgumentException when it cannot be read, is too large, or is of no known type */
    static Image logo(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        var type = IMAGES.get(name.substring(name.lastIndexOf('.') + 1));
        var bytes = read(file);
        if (type == null || bytes.length > LARGEST_LOGO) {
            throw new IllegalArgumentException(
                    "logo is an SVG, PNG, WebP or JPEG file of at most " + LARGEST_LOGO / 1024 + " KiB");
        }
        return new Image(type, Buffer.buffer(bytes));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }
}
