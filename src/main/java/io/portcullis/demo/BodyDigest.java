package io.portcullis.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How long a body was and what was in it, without ever holding more of it than one chunk. */
record BodyDigest(long bytes, String sha256) {

    /** Reads the body to its end; fails when the client leaves before. */
    static Future<BodyDigest> of(HttpServerRequest request) {
        var digest = newSha256();
        var length = new long[1];
        Promise<BodyDigest> done = Promise.promise();
        request.exceptionHandler(done::tryFail);
        request.handler(chunk -> {
            digest.update(chunk.getBytes());
            length[0] += chunk.length();
        });
        request.endHandler(
                end -> done.tryComplete(new BodyDigest(length[0], HexFormat.of().formatHex(digest.digest()))));
        return done.future();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
