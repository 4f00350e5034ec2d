package io.portcullis.testing;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import org.assertj.core.api.Assertions;

/** What something is refused with. */
public final class Refusals {
    private Refusals() {}

    /** Fails unless the step is refused. */
    public static Problem problemOf(Runnable step) {
        try {
            step.run();
        } catch (Refused refused) {
            return refused.problem();
        }
        return Assertions.fail("it was not refused");
    }
}
