package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.portcullis.testing.App;
import io.portcullis.testing.Person;
import io.portcullis.testing.QrCode;
import io.portcullis.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A settings page that enables 2FA by polling: it shows the QR code, asks whether the set-up is done as often as it is told to, and asks
 * for a code where it was given no token to poll with. It waits by the test's clock.
 */
public final class PollingFrontend {
    private static final int MOST_POLLS = 10;
    private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");

    private final Person person;
    private final TestClock clock;
    private final List<Duration> waits = new ArrayList<>();
    private Optional<String> enrollmentToken = Optional.empty();
    private Optional<App> app = Optional.empty();

    public PollingFrontend(Person person, TestClock clock) {
        this.person = person;
        this.clock = clock;
    }

    /** The same page as another window has it: with the same token, in a session that may be another one. */
    public PollingFrontend in(Person other) {
        var window = new PollingFrontend(other, clock);
        window.enrollmentToken = enrollmentToken;
        window.app = app;
        return window;
    }

    /** The button "enable 2FA". The person scans what is shown. */
    public PollingFrontend enable() {
        var started = person.post("/auth/mfa/setup/start", JsonObject.of("method", "totp"));
        if (started.status() != 200) {
            throw new AssertionError(started.toString());
        }
        var scanned = SECRET.matcher(QrCode.scanned(started.string("/qrCodeDataUrl")));
        if (!scanned.find()) {
            throw new AssertionError("no secret in the QR code");
        }
        app = Optional.of(new App(scanned.group(1), clock));
        enrollmentToken = Optional.ofNullable(started.json().getString("enrollmentToken"));
        return this;
    }

    /** Whether it has an input for a code now, and does not poll. */
    public boolean asksForACode() {
        return enrollmentToken.isEmpty();
    }

    /** The person's authenticator app. */
    public App app() {
        return app.orElseThrow();
    }

    public Answer poll() {
        return pollWith(enrollmentToken.orElseThrow());
    }

    /** With a token of its own making. */
    public Answer pollWith(String token) {
        return confirm(JsonObject.of("enrollmentToken", token));
    }

    public Answer enter(String code) {
        return confirm(JsonObject.of("code", code));
    }

    /** Polls until an answer is not "pending", and waits as long as each of them says. */
    public Answer pollUntilItIsDone() {
        for (int i = 0; i < MOST_POLLS; i++) {
            var answer = poll();
            if (answer.status() != 202) {
                return answer;
            }
            var wait = Duration.ofSeconds((Integer) answer.json("/retryAfterSeconds"));
            waits.add(wait);
            clock.advance(wait);
        }
        throw new AssertionError("pending for good: " + waits);
    }

    /** How long it waited before each further poll. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    private Answer confirm(JsonObject proof) {
        return person.post("/auth/mfa/setup/confirm", proof);
    }
}
