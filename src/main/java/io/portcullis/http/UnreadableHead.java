package io.portcullis.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.portcullis.domain.error.Problem;
import io.vertx.core.http.HttpServerRequest;

/** What came in place of the head of a request. Nothing of it is to be believed. */
public final class UnreadableHead {
    private UnreadableHead() {}

    /** What its sender should know. */
    public static Problem.InvalidRequest problem(HttpServerRequest request) {
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException line -> Problem.InvalidRequest.field("target", "is too long");
            case TooLongHttpHeaderException headers ->
                Problem.InvalidRequest.field(
                        "headers", "are too large together; send fewer or smaller ones, cookies included");
            default ->
                Problem.InvalidRequest.field(
                        "request",
                        "cannot be read as HTTP/1.1: look at its first line, its header names, Content-Length and Transfer-Encoding");
        };
    }
}
