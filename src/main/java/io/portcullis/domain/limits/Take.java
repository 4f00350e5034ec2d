package io.portcullis.domain.limits;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;

/** What came of taking one of what a policy allows. */
public sealed interface Take {
    /** What is left after it. */
    Quota quota();

    /** One was taken. */
    record Granted(Ticket ticket, Quota quota) implements Take {}

    /** None was left, and nothing was taken; after {@code quota.reset()} there is one again. */
    record Denied(Quota quota) implements Take {}

    /**
     * The granted one.
     *
     * @throws Refused {@code RateLimited}
     */
    default Granted orThrow() {
        return switch (this) {
            case Granted granted -> granted;
            case Denied denied -> {
                var policy = denied.quota().policy();
                throw new Refused(new Problem.RateLimited(
                        policy.name(),
                        policy.rate().count(),
                        policy.rate().window(),
                        denied.quota().reset()));
            }
        };
    }
}
