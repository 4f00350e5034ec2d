package io.portcullis.server;

import java.util.function.Supplier;

/** Why the gateway cannot start, for the person who starts it: what was tried, and what stood against it. */
public final class StartFailure extends RuntimeException {
    private StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Runs one step of the start; {@code what} tells what cannot be had when it fails. */
    static <T> T guard(String what, Supplier<T> step) {
        try {
            return step.get();
        } catch (StartFailure known) {
            throw known;
        } catch (Throwable failure) { // await() throws whatever the future failed with, checked exceptions too
            throw new StartFailure(what + ": " + reason(failure), failure);
        }
    }

    /** The innermost message: those around it repeat it, or tell of our libraries. */
    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
