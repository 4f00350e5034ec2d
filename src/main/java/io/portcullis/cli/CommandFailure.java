package io.portcullis.cli;

/** A command that cannot do what it was asked; the message says what to do. */
final class CommandFailure extends RuntimeException {
    CommandFailure(String message) {
        super(message);
    }
}
