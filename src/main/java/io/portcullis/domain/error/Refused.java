package io.portcullis.domain.error;

/** A problem on its way to the answer. Expected, so it has no stack trace; anything else thrown is a bug. */
public final class Refused extends RuntimeException {
    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.code().wire(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
