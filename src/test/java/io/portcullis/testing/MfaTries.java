package io.portcullis.testing;

import io.portcullis.testing.MfaModel.Expected;
import io.portcullis.testing.MfaModel.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The part of {@link MfaModel} that counts: the codes that were mailed, the tries at them, and the lock of the account. */
abstract class MfaTries {
    static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int ATTEMPTS = 5;
    private static final int ENROLLMENTS = 10;

    static final class Code {
        String digits = "";
        Instant until = Instant.MIN;
        Instant sent = Instant.MIN;
        int wrong;
        boolean used = true;
    }

    Instant now;
    boolean mailDown;
    private final Map<Purpose, Code> codes = new EnumMap<>(Purpose.class);
    private final boolean codesExpire;
    private List<Instant> failures = new ArrayList<>();
    private List<Instant> sent = new ArrayList<>();
    private List<Instant> enrollments = new ArrayList<>();
    private int locks;
    private Instant lockedUntil = Instant.MIN;

    MfaTries(Instant now, boolean codesExpire) {
        this.now = now;
        this.codesExpire = codesExpire;
        for (var purpose : Purpose.values()) {
            codes.put(purpose, new Code());
        }
    }

    /** The code that was mailed last. */
    Code code(Purpose purpose) {
        return Objects.requireNonNull(codes.get(purpose));
    }

    Expected send(Purpose purpose) {
        var code = code(purpose);
        sent.removeIf(at -> !at.plus(Duration.ofHours(1)).isAfter(now));
        boolean tooSoon = !code.used && code.sent.plusSeconds(30).isAfter(now);
        if (tooSoon || sent.size() >= 5) {
            return Expected.error("RATE_LIMITED");
        }
        return mailDown ? Expected.error("MAIL_UNAVAILABLE") : Expected.OK;
    }

    void mailed(Purpose purpose, String digits) {
        var code = new Code();
        code.digits = digits;
        code.until = now.plus(Duration.ofMinutes(10));
        code.sent = now;
        code.used = false;
        codes.put(purpose, code);
        sent.add(now);
    }

    Expected tryCode(Purpose purpose, String given) {
        var code = code(purpose);
        if (code.wrong >= ATTEMPTS || (codesExpire && !now.isBefore(code.until)) || code.digits.isEmpty()) {
            return Expected.error("CODE_EXPIRED");
        }
        if (code.digits.equals(given)) {
            if (code.used) {
                return Expected.error("CODE_ALREADY_USED");
            }
            code.used = true;
            return Expected.OK;
        }
        return code.used ? Expected.error("CODE_EXPIRED") : new Expected("INVALID_CODE", ATTEMPTS - ++code.wrong);
    }

    /** Whether a first method may be confirmed once more within the hour; it counts when it does. */
    boolean mayEnroll() {
        enrollments.removeIf(at -> !at.plus(Duration.ofHours(1)).isAfter(now));
        if (enrollments.size() >= ENROLLMENTS) {
            return false;
        }
        enrollments.add(now);
        return true;
    }

    boolean locked() {
        return now.isBefore(lockedUntil);
    }

    Expected failed(int left) {
        failures.removeIf(at -> !at.plus(QUARTER).isAfter(now));
        failures.add(now);
        int remaining = 5 - failures.size();
        if (remaining == 0) {
            lockedUntil = now.plus(QUARTER.multipliedBy(1L << Math.min(locks, 6)));
            if (lockedUntil.isAfter(now.plus(Duration.ofHours(24)))) {
                lockedUntil = now.plus(Duration.ofHours(24));
            }
            locks++;
            failures.clear();
        }
        return new Expected("INVALID_CODE", Math.min(left, remaining));
    }

    void forgiven() {
        failures = new ArrayList<>();
        locks = 0;
        lockedUntil = Instant.MIN;
    }
}
