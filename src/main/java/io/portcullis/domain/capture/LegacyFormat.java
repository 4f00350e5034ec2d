package io.portcullis.domain.capture;

import java.util.Optional;

/** Reads and writes what a legacy login is asked with, in the form that its settings tell. Pure; for any thread. */
public interface LegacyFormat {
    /** The e-mail of a login request; empty where there is none, or two readers could find different ones. */
    Optional<String> email(CaptureSettings capture, byte[] requestBody);

    /** The body of a login request of our own. */
    byte[] request(CaptureSettings capture, String email, String password);

    /** The media type of such a body. */
    String contentType();

    /** What a client that sends such a body accepts, so that the answer is the one it would get. */
    String accept();
}
