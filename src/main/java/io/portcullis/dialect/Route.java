package io.portcullis.dialect;

import io.portcullis.yaml.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One method of one path.
 *
 * @param path with its base; may be a {@link PathTemplate}
 * @param cases tried in their order; the last may go without a condition
 * @param place where the file has it
 */
public record Route(String method, String path, List<Case> cases, Place place) {
    public Route {
        cases = List.copyOf(cases);
    }

    /** Whether a request is such a one. */
    public record Condition(Source source, Optional<String> is) {}

    /**
     * What is called, and how it is answered.
     *
     * @param arguments by the names of the operation's parameters
     * @param answers by outcome; empty where the values are the answer as they are
     */
    public record Case(
            Optional<Condition> when,
            OperationSpec operation,
            Map<String, Argument> arguments,
            Map<String, Answer> answers) {
        public Case {
            arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }

        /** Every place of a request that this case looks at. */
        public Stream<Source> sources() {
            var given = arguments.values().stream().flatMap(argument -> argument.sources().stream());
            return Stream.concat(when.map(Condition::source).stream(), given);
        }
    }

    /**
     * How one outcome is answered.
     *
     * @param status empty for the outcome's own
     * @param body empty for the values as they are
     */
    public record Answer(
            Optional<Integer> status,
            Optional<Template> body,
            Map<String, Template> headers,
            List<AnswerCookie> cookies) {}

    /** A cookie that an answer sets; {@code maxAge} in seconds, empty for one that ends with the browser. */
    public record AnswerCookie(String name, Template value, Optional<Long> maxAge, boolean httpOnly) {}

    /** Whether a body may be a form. */
    public boolean takesForms() {
        return cases.stream().flatMap(Case::sources).anyMatch(Source.Form.class::isInstance);
    }

    /** Whether pages of other sites may lead a browser here. */
    public boolean ledHere() {
        return cases.stream().allMatch(one -> one.operation().ledHere());
    }
}
