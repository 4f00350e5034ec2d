package io.portcullis.http;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The small bodies that the gateway itself reads, all others only stream through. */
public final class WholeBody {
    /** In bytes. */
    public static final int LIMIT = 64 * 1024;

    /** From the head to the end of the body. */
    static final long MILLISECONDS = 10_000;

    private WholeBody() {}

    /**
     * Reads the body of a paused request, on its event loop; fails with {@code BodyTooLarge}, or with {@link ClientGone}. Who takes too
     * long over it is sent away.
     */
    public static Future<Buffer> of(HttpServerRequest request) {
        var promise = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > LIMIT) {
                promise.tryFail(new Refused(new Problem.BodyTooLarge(LIMIT)));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> promise.tryFail(new ClientGone(broken)));
        request.endHandler(end -> promise.tryComplete(body));
        var clock = LoopTimer.start(MILLISECONDS, () -> StreamEnd.cut(request));
        promise.future().onComplete(over -> clock.run());
        if (UnreadBody.waits(request)) {
            request.response().writeContinue();
        }
        request.resume();
        return promise.future();
    }
}
