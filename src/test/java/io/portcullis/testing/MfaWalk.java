package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.testing.MfaModel.Expected;
import io.portcullis.testing.MfaModel.Purpose;
import io.portcullis.testing.MfaUnderTest.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Random steps on an account, each compared with what {@link MfaModel} expects; the seed tells all of them. */
public final class MfaWalk {
    public static final int SESSIONS = 3;
    private static final Duration STEP = Duration.ofSeconds(30);

    private final long seed;
    private final Random random;
    private final TestClock clock;
    private final MfaUnderTest subject;
    private final MfaModel model;
    private final List<String> story = new ArrayList<>();
    private final Set<String> outcomes = new TreeSet<>();

    /** {@code codesExpire}: whether mailed codes end by the clock. */
    public MfaWalk(long seed, TestClock clock, MfaUnderTest subject, boolean codesExpire) {
        this.seed = seed;
        this.random = new Random(seed);
        this.clock = clock;
        this.subject = subject;
        this.model = new MfaModel(clock.instant(), SESSIONS, codesExpire);
    }

    /** The same seeds in every run, and another one. */
    public static LongStream seeds(int fixed) {
        return LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(System.nanoTime()));
    }

    public void run(int steps) {
        try {
            for (int i = 0; i < steps; i++) {
                step();
                compare();
            }
        } catch (RuntimeException | AssertionError failure) {
            var last = story.subList(Math.max(0, story.size() - 25), story.size());
            throw new AssertionError(
                    "seed " + seed + ", step " + story.size() + ":\n" + String.join("\n", last), failure);
        }
    }

    /** All that came of the steps. */
    public Set<String> outcomes() {
        return outcomes;
    }

    private void step() {
        int session = random.nextInt(SESSIONS);
        switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                startSetup(session, random.nextInt(3) == 0 ? Method.TOTP : Method.EMAIL, random.nextBoolean());
            case 3, 4, 5, 6 -> confirm(session, random.nextBoolean());
            case 7, 8, 9, 10 -> verify(session);
            case 11, 12 -> sendCode(session);
            case 13 -> disable(session);
            case 14 -> regenerate(session);
            case 15 -> logout(session);
            case 16 -> login(session);
            case 17 -> mail();
            default -> timePasses();
        }
    }

    private void startSetup(int session, Method method, boolean wish) {
        boolean show = wish && subject.mayShow();
        say(session + " starts " + method + (show ? " with codes" : ""));
        var expected = model.startSetup(session, method);
        var seen = subject.startSetup(session, method, show);
        check(expected, seen);
        if (ok(expected)) {
            if (method == Method.EMAIL) {
                model.mailed(Purpose.SETUP, subject.mailedCode());
            }
            assertThat(seen.recoveryCodes()).hasSize(show && !model.enabled() ? 10 : 0);
            model.begun(
                    session,
                    method,
                    seen.secret().map(secret -> TotpKey.of(secret, TotpSettings.DEFAULTS)),
                    seen.recoveryCodes());
        }
    }

    private void confirm(int session, boolean wish) {
        boolean keep = wish && subject.mayShow();
        var code = random.nextInt(4) == 0 ? anyDigits() : setupCode();
        say(session + " confirms by " + code + (keep ? " and keeps its codes" : ""));
        boolean first = !model.enabled();
        var shown = keep ? model.shownTo(session) : List.<String>of();
        var expected = model.confirm(session, code);
        var seen = subject.confirm(session, code, keep);
        check(expected, seen);
        if (ok(expected)) {
            assertThat(seen.recoveryCodes()).hasSize(first && shown.isEmpty() ? 10 : 0);
            if (first) {
                newRecoveryCodes(shown.isEmpty() ? seen.recoveryCodes() : shown);
            }
        }
    }

    private void newRecoveryCodes(List<String> codes) {
        model.recovery = new HashMap<>();
        codes.forEach(code -> model.recovery.put(code, false));
    }

    private void verify(int session) {
        var code = anyCode();
        var method = random.nextInt(3) > 0
                ? Optional.<Method>empty()
                : Optional.of(code.contains("-") ? Method.RECOVERY : random.nextBoolean() ? Method.TOTP : Method.EMAIL);
        say(session + " verifies by " + code + " " + method);
        check(model.verify(session, code, method), subject.verify(session, code, method));
    }

    private void sendCode(int session) {
        say(session + " asks for a code");
        var purpose = model.setup.filter(Method.EMAIL::equals).isPresent() && model.now.isBefore(model.setupUntil)
                ? Purpose.SETUP
                : Purpose.VERIFY;
        var expected = model.sendCode(session);
        check(expected, subject.sendCode(session));
        if (ok(expected)) {
            model.mailed(purpose, subject.mailedCode());
        }
    }

    private void disable(int session) {
        var code = random.nextInt(3) == 0 ? Optional.of(anyCode()) : Optional.<String>empty();
        var password = random.nextInt(3) == 0 ? Optional.of(true) : Optional.<Boolean>empty();
        say(session + " disables by " + code + " " + password);
        check(
                model.disable(session, code, password),
                subject.disable(session, code, password.map(right -> subject.password())));
    }

    private void regenerate(int session) {
        var code = random.nextInt(3) == 0 ? Optional.of(anyCode()) : Optional.<String>empty();
        var password = random.nextInt(3) == 0 ? Optional.of(true) : Optional.<Boolean>empty();
        say(session + " regenerates by " + code + " " + password);
        var expected = model.regenerate(session, code, password);
        var seen = subject.regenerate(session, code, password.map(right -> subject.password()));
        check(expected, seen);
        if (ok(expected)) {
            assertThat(seen.recoveryCodes()).hasSize(10);
            newRecoveryCodes(seen.recoveryCodes());
        }
    }

    private void logout(int session) {
        say(session + " logs out");
        model.logout(session);
        subject.logout(session);
    }

    private void login(int session) {
        if (!model.enabled()) {
            say(session + " logs in");
            assertThat(subject.login(session).outcome()).isEqualTo(MfaUnderTest.OK);
            model.loggedIn(session);
            return;
        }
        say(session + " logs in and is asked for a code");
        var mail = model.login();
        var seen = subject.login(session);
        if (mail.outcome().equals("MAIL_UNAVAILABLE")) {
            assertThat(seen.outcome()).isEqualTo("MAIL_UNAVAILABLE");
            return;
        }
        assertThat(seen.outcome()).isEqualTo(MfaUnderTest.SECOND_FACTOR);
        if (ok(mail)) {
            model.mailed(Purpose.VERIFY, subject.mailedCode());
        }
        var code = anyCode();
        say(session + " completes it by " + code);
        var expected = model.verify(session, code, Optional.empty());
        // A temp token has five attempts of its own.
        check(new Expected(expected.outcome(), Math.min(expected.remaining(), 4)), subject.verifyLogin(session, code));
    }

    private void mail() {
        model.mailDown = !model.mailDown && random.nextInt(3) > 0;
        say("mail is " + (model.mailDown ? "down" : "up"));
        subject.mailDown(model.mailDown);
    }

    private void timePasses() {
        int[] seconds = {1, 5, 15, 29, 30, 31, 60, 60, 300, 900, 901};
        var passing = Duration.ofSeconds(seconds[random.nextInt(seconds.length)]);
        say(passing + " pass");
        clock.advance(passing);
        model.now = clock.instant();
    }

    /** A code that may confirm what is being set up. */
    private String setupCode() {
        return model.setup.filter(Method.TOTP::equals).isPresent()
                ? model.setupKey.orElseThrow().code(model.now.plus(STEP.multipliedBy(random.nextInt(5) - 2)))
                : mailed(Purpose.SETUP);
    }

    private String anyCode() {
        if (random.nextInt(8) == 0 && !model.shown.isEmpty()) {
            return model.shown.get(random.nextInt(model.shown.size()));
        }
        if (random.nextInt(4) == 0 && !model.recovery.isEmpty()) {
            var codes = model.recovery.keySet().stream().sorted().toList();
            return codes.get(random.nextInt(codes.size()));
        }
        return random.nextInt(12) == 0 ? "QQQQQQ-QQQQQQ" : anyDigits();
    }

    private String anyDigits() {
        return switch (random.nextInt(6)) {
            case 0 -> mailed(Purpose.SETUP);
            case 1, 2 -> mailed(Purpose.VERIFY);
            case 3, 4 ->
                model.app
                        .map(key -> key.code(model.now.plus(STEP.multipliedBy(random.nextInt(5) - 2))))
                        .orElse("000000");
            default -> "%06d".formatted(random.nextInt(1_000_000));
        };
    }

    private String mailed(Purpose purpose) {
        var digits = model.code(purpose).digits;
        return digits.isEmpty() ? "111111" : digits;
    }

    private void compare() {
        assertThat(subject.state()).isEqualTo(model.state());
        assertThat(subject.methods()).isEqualTo(model.methods());
        assertThat(subject.recoveryCodesRemaining()).isEqualTo((int) model.recoveryRemaining());
        for (int session = 0; session < SESSIONS; session++) {
            assertThat(subject.twoFactor(session)).as("session " + session).isEqualTo(model.twoFactor(session));
        }
    }

    private void check(Expected expected, Seen seen) {
        outcomes.add(seen.outcome());
        say("    " + seen.outcome() + (seen.remaining() < 0 ? "" : " " + seen.remaining()));
        assertThat(new Expected(seen.outcome(), seen.remaining())).isEqualTo(expected);
    }

    private static boolean ok(Expected expected) {
        return expected.outcome().equals(MfaUnderTest.OK);
    }

    private void say(String line) {
        story.add(line);
    }
}
