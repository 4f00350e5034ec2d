package io.portcullis.api;

import java.util.List;
import java.util.function.Function;

/** One thing that a client can ask for, under the name by which dialects know it. Its body blocks, on a virtual thread. */
public record Operation(String name, List<Parameter> parameters, Function<Call, Reply> body) {
    public Operation {
        parameters = List.copyOf(parameters);
    }
}
