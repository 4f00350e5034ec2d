package io.portcullis.testing;

import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An authenticator app on the test's clock. */
public final class App {
    private static final Duration STEP = Duration.ofSeconds(30);

    private final TotpKey key;
    private final TestClock clock;

    public App(String secret, TestClock clock) {
        this.key = TotpKey.of(secret, TotpSettings.DEFAULTS);
        this.clock = clock;
    }

    /** The code of now; accepted once. */
    public String code() {
        return code(0);
    }

    /** The code of some steps from now. */
    public String code(int steps) {
        return key.code(clock.instant().plus(STEP.multipliedBy(steps)));
    }

    /** Moves the clock to the next step, whose code was never used. */
    public String nextCode() {
        clock.advance(STEP);
        return code();
    }

    /** A code that is wrong for minutes around now. */
    public String wrongCode() {
        Set<String> right = IntStream.rangeClosed(-5, 5).mapToObj(this::code).collect(Collectors.toSet());
        return IntStream.range(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(code -> !right.contains(code))
                .findFirst()
                .orElseThrow();
    }
}
