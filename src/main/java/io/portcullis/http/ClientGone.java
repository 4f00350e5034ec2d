package io.portcullis.http;

/** The client left before the end of its request. Nobody is there to be answered, and nothing is wrong here. */
public final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientGone(Throwable cause) {
        super("the client left before the end of its request", cause, false, false);
    }
}
