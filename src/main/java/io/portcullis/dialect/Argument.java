package io.portcullis.dialect;

import java.util.List;
import java.util.Optional;

/** Where one argument of an operation comes from. */
public sealed interface Argument {
    /**
     * The request has it.
     *
     * @param sources at least one; a request may have it in one of them only
     * @param required whether the route asks for it, though the operation may not
     * @param blankIsAbsent whether an empty text is the same as none
     */
    record Given(List<Source> sources, boolean required, boolean blankIsAbsent) implements Argument {
        public Given {
            sources = List.copyOf(sources);
        }
    }

    /** The dialect says it. */
    record Constant(String text) implements Argument {
        @Override
        public List<Source> sources() {
            return List.of();
        }
    }

    /** The places of a request that it is looked for in; none for a constant. */
    List<Source> sources();

    /** The name under which the client knows it; empty for a constant. */
    default Optional<String> field() {
        return sources().stream().findFirst().map(Source::field);
    }
}
