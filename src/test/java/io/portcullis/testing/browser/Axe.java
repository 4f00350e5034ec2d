package io.portcullis.testing.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The accessibility checks of axe-core, on a page as it is shown. */
final class Axe {
    private static final String SCRIPT = script();

    private static final String RUN = """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                return violations.flatMap(({ id, impact, help, nodes }) => nodes.map(node =>
                    `${impact} ${id}: ${help}: ${node.target.join(' ')}: ${node.html}`.replace(/\\s+/g, ' ')));
            }
            """;

    private Axe() {}

    /** Evaluated from outside the page, which its content security policy does not hinder; not in a browser without scripts. */
    static List<String> violations(Page page) {
        page.evaluate(SCRIPT);
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }

    private static String script() {
        try (var script = Objects.requireNonNull(Page.class.getResourceAsStream("/axe.min.js"))) {
            // Ends in a value that can be handed out of the page: the script's own is all of axe.
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "\n;true";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
