package io.portcullis.dialect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect may call, and what can come of it.
 *
 * @param about one sentence for people who write dialects
 * @param changes whether it changes anything, so that a mere GET must not reach it
 * @param ledHere whether pages of other sites may lead a browser to it; only by a GET
 * @param caller whether it asks for a credential
 * @param parameters by their names, in the order of the catalogue
 * @param outcomes by their names, in the order of the catalogue
 */
public record OperationSpec(
        String name,
        String about,
        boolean changes,
        boolean ledHere,
        Caller caller,
        Map<String, Parameter> parameters,
        Map<String, Outcome> outcomes) {

    /** Whether a request must carry a credential, may, or need not. */
    public enum Caller {
        REQUIRED,
        POSSIBLE,
        NOBODY
    }

    /**
     * One way that a call can end well.
     *
     * @param status of the answer, where a dialect says nothing else
     * @param needs arguments without which it never comes to this: a text that the argument must be able to have, or empty for
     *     any
     * @param unless texts of arguments by which it never comes to this
     * @param values what a dialect can show of it; {@code null} members of JSON are written {@code null}
     */
    public record Outcome(
            String name,
            int status,
            Kind kind,
            Map<String, Optional<String>> needs,
            Map<String, String> unless,
            Shape values) {
        /** Whether a route that gives these arguments may come to it. */
        public boolean comesOf(Map<String, Argument> arguments) {
            return needs.entrySet().stream().allMatch(need -> mayBe(arguments.get(need.getKey()), need.getValue()))
                    && unless.entrySet().stream()
                            .noneMatch(
                                    not -> new Argument.Constant(not.getValue()).equals(arguments.get(not.getKey())));
        }

        private static boolean mayBe(@Nullable Argument argument, Optional<String> text) {
            return switch (argument) {
                case Argument.Given given -> true;
                case Argument.Constant constant ->
                    text.map(constant.text()::equals).orElse(true);
                case null -> false;
            };
        }
    }

    /** What an answer is made of. */
    public enum Kind {
        /** The values, in the shape that a dialect gives them. */
        VALUES,
        /** A {@code Location}; there is nothing to shape. */
        REDIRECT,
        /** A legacy answer that was withheld: byte for byte, unless a dialect gives the values a shape. */
        RELEASED
    }

    public Optional<Outcome> outcome(String name) {
        return Optional.ofNullable(outcomes.get(name));
    }

    /** What a route that gives these arguments may come to, in the order of the catalogue. */
    public List<Outcome> outcomesOf(Map<String, Argument> arguments) {
        return outcomes.values().stream()
                .filter(outcome -> outcome.comesOf(arguments))
                .toList();
    }
}
