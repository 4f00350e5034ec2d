package io.portcullis.api;

import java.util.function.Function;

/** One thing that a client can ask for, under the name by which the catalogue and dialects know it. Its body blocks, on a virtual thread. */
public record Operation(String name, Function<Call, Reply> body) {}
