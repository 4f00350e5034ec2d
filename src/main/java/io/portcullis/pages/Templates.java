package io.portcullis.pages;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The templates of the pages, those of the operator's folder first. Whatever they show is escaped. For any thread. */
final class Templates {
    /** Each is a file of this name with {@code .html} behind. */
    static final Set<String> NAMES = Set.of(
            "layout",
            "parts",
            "login",
            "login-over",
            "verify",
            "recovery-used",
            "setup",
            "codes",
            "settings",
            "confirm",
            "error");

    private final PageTexts texts;
    private final Optional<Path> folder;
    private @Nullable PebbleEngine engine; // made for the first page: a tenth of a second that no start should take

    Templates(PageTexts texts, Optional<Path> folder) {
        this.texts = texts;
        this.folder = folder;
    }

    private synchronized PebbleEngine engine() {
        var made = engine;
        if (made == null) {
            made = new PebbleEngine.Builder()
                    .loader(loader(folder))
                    .extension(new Words(texts))
                    .strictVariables(true)
                    .autoEscaping(true)
                    .build();
            engine = made;
        }
        return made;
    }

    private static Loader<?> loader(Optional<Path> folder) {
        var shipped = new ClasspathLoader(Templates.class.getClassLoader());
        shipped.setPrefix("pages/");
        shipped.setSuffix(".html");
        if (folder.isEmpty()) {
            return shipped;
        }
        var own = new FileLoader(folder.get().toAbsolutePath().toString());
        own.setSuffix(".html");
        var loaders = new ArrayList<Loader<?>>(List.of(own, shipped));
        return new DelegatingLoader(loaders);
    }

    /** Reads all of them. @throws IllegalArgumentException when one is no template */
    void check() {
        for (var name : NAMES) {
            try {
                engine().getTemplate(name);
            } catch (PebbleException broken) {
                throw new IllegalArgumentException(name + ".html is no template: " + broken.getMessage(), broken);
            }
        }
    }

    String render(String name, Locale language, Map<String, Object> model) {
        try {
            var html = new StringWriter(8192);
            engine().getTemplate(name).evaluate(html, model, language);
            return html.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code text(key, ...)} in a template. */
    private static final class Words extends AbstractExtension implements Function {
        private final PageTexts texts;

        Words(PageTexts texts) {
            this.texts = texts;
        }

        @Override
        public Map<String, Function> getFunctions() {
            return Map.of("text", this);
        }

        @Override
        public List<String> getArgumentNames() {
            return List.of("key", "0", "1", "2");
        }

        @Override
        public Object execute(
                Map<String, Object> given, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            var values = List.of(given.getOrDefault("0", ""), given.getOrDefault("1", ""), given.getOrDefault("2", ""));
            return texts.get(context.getLocale(), String.valueOf(given.get("key")), values);
        }
    }
}
