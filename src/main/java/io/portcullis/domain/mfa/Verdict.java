package io.portcullis.domain.mfa;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.function.Function;

/**
 * What came of a proof. A wrong one is returned, not thrown, out of a change of an account: the change is committed and
 * the failure stays counted.
 */
sealed interface Verdict<T> {
    record Right<T>(T value) implements Verdict<T> {}

    record Wrong<T>(Problem problem) implements Verdict<T> {}

    default <R> Verdict<R> map(Function<T, R> next) {
        return switch (this) {
            case Right<T> right -> new Right<>(next.apply(right.value()));
            case Wrong<T> wrong -> new Wrong<>(wrong.problem());
        };
    }

    default T orThrow() {
        return switch (this) {
            case Right<T> right -> right.value();
            case Wrong<T> wrong -> throw new Refused(wrong.problem());
        };
    }
}
