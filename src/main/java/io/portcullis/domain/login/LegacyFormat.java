package io.portcullis.domain.login;

import java.util.Optional;

/** Reads what a legacy login asks and answers, in the form that its settings tell. Pure; for any thread. */
public interface LegacyFormat {
    /** The e-mail of a login request; empty where there is none, or two readers could find different ones. */
    Optional<String> email(CaptureSettings capture, byte[] requestBody);

    /** The body of a login request of our own. */
    byte[] request(CaptureSettings capture, String email, String password);

    /** What an answer hands out; empty when it has no credential at the place that the settings name. */
    Optional<HandedOut> handedOut(CaptureSettings capture, LegacyAnswer answer);

    /** A credential, and what the answer says of the person. */
    record HandedOut(String credential, Optional<String> id, Optional<String> email, Optional<String> role) {
        @Override
        public String toString() {
            return "HandedOut[hidden]";
        }
    }
}
