package io.portcullis.dialect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one dialect file says.
 *
 * @param file what people call the file
 * @param base what every path begins with
 */
public record Dialect(String name, String file, String base, List<Route> routes, Errors errors) {
    public Dialect {
        routes = List.copyOf(routes);
    }

    /**
     * What an error on one of the routes has besides what every error has.
     *
     * @param members of the body, beside {@code success}, {@code message} and {@code error}
     * @param texts by the code on the wire
     */
    public record Errors(Map<String, Template> members, Map<String, ErrorText> texts) {
        static final Errors PLAIN = new Errors(Map.of(), Map.of());
    }

    /** Other texts for one code: {@code message} is the short one, {@code detail} says what to do. */
    public record ErrorText(Optional<Template.Phrase> message, Optional<Template.Phrase> detail) {}
}
