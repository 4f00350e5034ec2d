package io.portcullis.testing;

import io.portcullis.domain.account.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One account with some sessions, as {@link MfaWalk} uses it. What ends a session of somebody begins another, with its
 * first factor alone.
 */
public interface MfaUnderTest {
    String OK = "OK";
    String SECOND_FACTOR = "SECOND_FACTOR";

    /**
     * What came of a step.
     *
     * @param outcome {@link #OK}, or the code of the error
     * @param remaining attempts of an {@code INVALID_CODE}, else -1
     * @param secret of an app that was begun
     * @param recoveryCodes that were shown
     */
    record Seen(String outcome, int remaining, Optional<String> secret, List<String> recoveryCodes) {
        public static Seen of(String outcome) {
            return new Seen(outcome, -1, Optional.empty(), List.of());
        }
    }

    /** {@code show}: whether it is to show recovery codes. */
    Seen startSetup(int session, Method method, boolean show);

    /** {@code keep}: whether those that it showed are kept. */
    Seen confirm(int session, String code, boolean keep);

    /** Whether a set-up can show recovery codes. */
    boolean mayShow();

    Seen verify(int session, String code, Optional<Method> method);

    Seen sendCode(int session);

    Seen disable(int session, Optional<String> code, Optional<String> password);

    Seen regenerate(int session, Optional<String> code, Optional<String> password);

    void logout(int session);

    /** Logs in anew: {@link #OK}, or {@link #SECOND_FACTOR}, which {@link #verifyLogin} then gives. */
    Seen login(int session);

    Seen verifyLogin(int session, String code);

    void mailDown(boolean down);

    /** The code in the mail that was sent last. */
    String mailedCode();

    String password();

    String state();

    Set<Method> methods();

    int recoveryCodesRemaining();

    boolean twoFactor(int session);
}
