package io.portcullis.domain;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.Fields;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.domain.capture.CaptureSettings.Route;
import io.portcullis.domain.capture.CaptureSettings.Success;
import java.util.Optional;

/** Legacy logins that are watched, as a config file could have them. */
public final class Captures {
    public static final Fields JSON = new Fields(false, "/email", "/password");
    public static final Fields FORM = new Fields(true, "email", "password");

    /** Status 200 and a token in the body. */
    public static final Success TOKEN = new Success(
            200, Optional.of("/token"), Optional.empty(), Optional.of("/user"), Optional.empty(), Optional.empty());

    /** A redirect to the dashboard, with the session cookie. */
    public static final Success COOKIE = new Success(
            302,
            Optional.empty(),
            Optional.of("LEGACYSESS"),
            Optional.empty(),
            Optional.of("/app/dashboard"),
            Optional.empty());

    private Captures() {}

    /** In realm {@code user}; posts to {@code path}. */
    public static CaptureSettings capture(Fields fields, String path, Success success) {
        return new CaptureSettings(
                "legacy-login",
                "user",
                fields,
                handOut(Occasion.LOGIN, path, success),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static HandOut handOut(Occasion occasion, String path, Success success) {
        return new HandOut(occasion, "legacy", new Route("POST", path), success);
    }
}
