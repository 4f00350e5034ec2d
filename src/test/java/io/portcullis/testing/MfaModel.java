package io.portcullis.testing;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.TotpKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Section 2 of the contract in plain lists and numbers, written without a look at the code that keeps it. */
final class MfaModel extends MfaTries {
    private static final long STEP = 30;

    enum Purpose {
        SETUP,
        VERIFY
    }

    /** What is expected of a step; {@code remaining} is -1 where no attempts are told. */
    record Expected(String outcome, int remaining) {
        static final Expected OK = new Expected(MfaUnderTest.OK, -1);

        static Expected error(String code) {
            return new Expected(code, -1);
        }
    }

    Optional<TotpKey> app = Optional.empty();
    long lastStep;
    boolean email;
    Optional<Method> setup = Optional.empty();
    Optional<TotpKey> setupKey = Optional.empty();
    Instant setupUntil = Instant.MIN;
    Map<String, Boolean> recovery = new HashMap<>();
    /** Recovery codes that the last set-up showed. */
    List<String> shown = List.of();

    private int shownTo = -1; // nobody, or a session that there is no more
    final Instant[] verifiedAt;

    /** {@code codesExpire}: whether mailed codes end by this clock. */
    MfaModel(Instant now, int sessions, boolean codesExpire) {
        super(now, codesExpire);
        this.verifiedAt = new Instant[sessions];
        Arrays.fill(verifiedAt, Instant.MIN);
    }

    boolean enabled() {
        return app.isPresent() || email;
    }

    private boolean settingUp() {
        return setup.isPresent() && now.isBefore(setupUntil);
    }

    String state() {
        return enabled() ? "ENABLED" : settingUp() ? "SETUP_IN_PROGRESS" : "DISABLED";
    }

    Set<Method> methods() {
        var methods = EnumSet.noneOf(Method.class);
        app.ifPresent(key -> methods.add(Method.TOTP));
        if (email) {
            methods.add(Method.EMAIL);
        }
        return methods;
    }

    long recoveryRemaining() {
        return recovery.values().stream().filter(used -> !used).count();
    }

    private boolean fresh(int session) {
        return twoFactor(session) && !verifiedAt[session].isBefore(now.minus(QUARTER));
    }

    boolean twoFactor(int session) {
        return !verifiedAt[session].equals(Instant.MIN);
    }

    /** What {@link #begun} completes when it is OK. */
    Expected startSetup(int session, Method method) {
        if (methods().contains(method)) {
            return Expected.error("ALREADY_ENABLED");
        }
        if (enabled() && !fresh(session)) {
            return Expected.error("REAUTHENTICATION_REQUIRED");
        }
        return method == Method.EMAIL ? send(Purpose.SETUP) : Expected.OK;
    }

    void begun(int session, Method method, Optional<TotpKey> key, List<String> codes) {
        shown = codes;
        shownTo = session;
        setup = Optional.of(method);
        setupKey = key;
        setupUntil = now.plus(QUARTER);
    }

    /** The recovery codes that this session can keep. */
    List<String> shownTo(int session) {
        return settingUp() && shownTo == session ? shown : List.of();
    }

    /** Anew, and the set-up of the session before goes on. */
    void loggedIn(int session) {
        verifiedAt[session] = Instant.MIN;
        if (shownTo == session) {
            shownTo = -1;
        }
    }

    Expected sendCode(int session) {
        boolean mayConfirm = !enabled() || twoFactor(session);
        if (settingUp() && mayConfirm && setup.orElseThrow() == Method.EMAIL) {
            return send(Purpose.SETUP);
        }
        return email ? send(Purpose.VERIFY) : Expected.error("SETUP_NOT_STARTED");
    }

    Expected confirm(int session, String given) {
        if (!settingUp()) {
            return Expected.error(enabled() ? "ALREADY_ENABLED" : "SETUP_NOT_STARTED");
        }
        if (enabled() && !twoFactor(session)) {
            return Expected.error("REAUTHENTICATION_REQUIRED");
        }
        if (locked()) {
            return Expected.error("ACCOUNT_LOCKED");
        }
        if (setup.orElseThrow() == Method.TOTP) {
            long step = step(setupKey.orElseThrow(), given);
            if (step < 0) {
                return failed(Integer.MAX_VALUE);
            }
            if (!enabled() && !mayEnroll()) {
                return Expected.error("RATE_LIMITED");
            }
            app = setupKey;
            lastStep = step;
        } else {
            if (!enabled() && !mayEnroll()) { // whether a mailed code is right is told by trying it
                return Expected.error("RATE_LIMITED");
            }
            var tried = tryCode(Purpose.SETUP, given);
            if (!tried.outcome().equals(MfaUnderTest.OK)) {
                return counted(tried);
            }
            email = true;
        }
        setup.ifPresent(method -> passed(session));
        setup = Optional.empty();
        return Expected.OK;
    }

    /** The newest step of the window that has this code; -1 when none has. */
    private long step(TotpKey key, String given) {
        long current = now.getEpochSecond() / STEP;
        for (long step = current + 1; step >= current - 1; step--) {
            if (key.code(Instant.ofEpochSecond(step * STEP)).equals(given)) {
                return step;
            }
        }
        return -1;
    }

    private Expected tryApp(String given) {
        long step = app.map(key -> step(key, given)).orElse(-1L);
        if (step < 0) {
            return new Expected("INVALID_CODE", Integer.MAX_VALUE);
        }
        if (step <= lastStep) {
            return Expected.error("CODE_ALREADY_USED");
        }
        lastStep = step;
        return Expected.OK;
    }

    private Expected tryRecovery(String given) {
        var used = recovery.get(given);
        if (used == null) {
            return new Expected("INVALID_CODE", Integer.MAX_VALUE);
        }
        if (used) {
            return Expected.error("CODE_ALREADY_USED");
        }
        recovery.put(given, true);
        return Expected.OK;
    }

    /** A second factor of an enabled account, whatever it is to open. */
    private Expected prove(String given, Optional<Method> named) {
        if (locked()) {
            return Expected.error("ACCOUNT_LOCKED");
        }
        var method = named.orElse(given.contains("-") ? Method.RECOVERY : Method.TOTP);
        if (named.isPresent() || method == Method.RECOVERY || !app.isPresent() || !email) {
            var only = named.isEmpty() && method != Method.RECOVERY && app.isEmpty() ? Method.EMAIL : method;
            return counted(tryOne(given, only));
        }
        var byApp = tryApp(given);
        if (byApp.outcome().equals(MfaUnderTest.OK)) {
            return counted(byApp);
        }
        var byMail = tryCode(Purpose.VERIFY, given);
        if (byMail.outcome().equals(MfaUnderTest.OK)) {
            return counted(byMail);
        }
        boolean replayed =
                byApp.outcome().equals("CODE_ALREADY_USED") || byMail.outcome().equals("CODE_ALREADY_USED");
        return replayed ? Expected.error("CODE_ALREADY_USED") : failed(Integer.MAX_VALUE);
    }

    private Expected tryOne(String given, Method method) {
        return switch (method) {
            case TOTP -> tryApp(given);
            case EMAIL -> email ? tryCode(Purpose.VERIFY, given) : Expected.error("CODE_EXPIRED");
            default -> tryRecovery(given);
        };
    }

    private Expected counted(Expected tried) {
        if (tried.outcome().equals(MfaUnderTest.OK)) {
            forgiven();
        }
        return tried.outcome().equals("INVALID_CODE") ? failed(tried.remaining()) : tried;
    }

    private void passed(int session) {
        forgiven();
        verifiedAt[session] = now;
    }

    Expected verify(int session, String given, Optional<Method> method) {
        if (!enabled()) {
            return Expected.error("SETUP_NOT_STARTED");
        }
        var proved = prove(given, method);
        if (proved.equals(Expected.OK)) {
            verifiedAt[session] = now;
        }
        return proved;
    }

    /** {@code rightPassword} is empty when none is given. */
    private Expected freshProof(int session, Optional<String> code, Optional<Boolean> rightPassword) {
        if (code.isPresent()) {
            return prove(code.get(), Optional.empty());
        }
        if (!twoFactor(session)) {
            return Expected.error("REAUTHENTICATION_REQUIRED");
        }
        if (rightPassword.isPresent()) {
            return rightPassword.get() ? Expected.OK : Expected.error("INVALID_CREDENTIALS");
        }
        return fresh(session) ? Expected.OK : Expected.error("REAUTHENTICATION_REQUIRED");
    }

    Expected disable(int session, Optional<String> code, Optional<Boolean> rightPassword) {
        var expected = enabled() ? freshProof(session, code, rightPassword) : Expected.OK;
        if (expected.equals(Expected.OK)) {
            if (enabled()) {
                forgiven();
                Arrays.fill(verifiedAt, Instant.MIN);
            }
            app = Optional.empty();
            email = false;
            setup = Optional.empty();
            recovery = new HashMap<>();
        }
        return expected;
    }

    /** New codes are put into {@link #recovery} when it is OK. */
    Expected regenerate(int session, Optional<String> code, Optional<Boolean> rightPassword) {
        return enabled() ? freshProof(session, code, rightPassword) : Expected.error("SETUP_NOT_STARTED");
    }

    void logout(int session) {
        setup = Optional.empty();
        verifiedAt[session] = Instant.MIN;
    }

    /** Whether a login mails a code; a limit keeps it from doing so and not from going on. */
    Expected login() {
        if (!methods().equals(Set.of(Method.EMAIL))) {
            return Expected.error("NO_MAIL");
        }
        return send(Purpose.VERIFY);
    }
}
