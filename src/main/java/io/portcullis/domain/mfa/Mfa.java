package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Session;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The second factor of one account. Its transitions are pure: they answer the next state and change nothing. */
public sealed interface Mfa {
    record Disabled() implements Mfa {}

    record SetupInProgress(Setup setup) implements Mfa {}

    /**
     * Enforced, by at least one method.
     *
     * @param addition another method that is being set up; what is enabled stays as it is meanwhile
     */
    record Enabled(Optional<Authenticator> totp, Optional<Mailbox> email, Optional<Setup> addition) implements Mfa {
        public Enabled {
            if (totp.isEmpty() && email.isEmpty()) {
                throw new IllegalArgumentException("an enabled second factor has a method");
            }
            if (addition.filter(setup -> !setup.recoveryCodes().isEmpty()).isPresent()) {
                throw new IllegalArgumentException("an added method brings no recovery codes");
            }
        }

        /** The methods that pass it. */
        public Set<Method> methods() {
            var methods = EnumSet.noneOf(Method.class);
            totp.ifPresent(app -> methods.add(Method.TOTP));
            email.ifPresent(mailbox -> methods.add(Method.EMAIL));
            return Set.copyOf(methods);
        }

        boolean has(Method method) {
            return method == Method.EMAIL
                    ? lastingEmail().isPresent()
                    : methods().contains(method);
        }

        private Optional<Mailbox> lastingEmail() {
            return email.filter(mailbox -> !mailbox.provisional());
        }

        /**
         * Without one of its methods. Refused unless the other is the account's own and works for sure: neither a provisional
         * mailbox nor an app that nobody has proved may be all that is left.
         */
        Enabled without(Method method) {
            if (!has(method)) {
                throw notRemoved(
                        methods().contains(method)
                                ? "goes by itself with the first right code of the app"
                                : "is not enabled");
            }
            var app = totp.filter(left -> method != Method.TOTP);
            var mailbox = lastingEmail().filter(left -> method != Method.EMAIL);
            if (app.isEmpty() && mailbox.isEmpty()) {
                throw notRemoved("is the last one: disable the second factor instead");
            }
            if (mailbox.isEmpty() && app.filter(Authenticator::proven).isEmpty()) {
                throw notRemoved("cannot go before a code of the app was right");
            }
            return new Enabled(app, mailbox, addition);
        }

        private static Refused notRemoved(String why) {
            return new Refused(Problem.InvalidRequest.field("method", why));
        }

        /** Judges a code of the authenticator app. */
        Proof prove(String code, Instant now, int window) {
            if (totp.isEmpty()) {
                return Proof.WRONG;
            }
            return switch (totp.get().judge(code, now, window)) {
                case Authenticator.Judged.Right right -> new Proof.Right(Method.TOTP, provedBy(right.next()));
                case Authenticator.Judged.Replayed replayed -> new Proof.Replayed();
                case Authenticator.Judged.Wrong wrong -> Proof.WRONG;
            };
        }

        private Enabled provedBy(Authenticator app) {
            return new Enabled(Optional.of(app), lastingEmail(), addition);
        }

        private Enabled with(Optional<Setup> added) {
            return new Enabled(totp, email, added);
        }
    }

    /** What a code proved. */
    sealed interface Proof {
        Proof WRONG = new Wrong(Integer.MAX_VALUE);

        record Right(Method method, Enabled next) implements Proof {}

        record Replayed() implements Proof {}

        /** There is no code that it could be compared with. */
        record Expired() implements Proof {}

        /** {@code left}: how often the code that was meant may still be tried, besides what the account has left. */
        record Wrong(int left) implements Proof {}
    }

    /** The state at this moment: a set-up whose time ran out is none. */
    default Mfa at(Instant now) {
        return switch (this) {
            case Disabled disabled -> this;
            case SetupInProgress running -> running.setup().over(now) ? new Disabled() : this;
            case Enabled enabled -> enabled.with(enabled.addition().filter(setup -> !setup.over(now)));
        };
    }

    default MfaState state() {
        return switch (this) {
            case Disabled disabled -> MfaState.DISABLED;
            case SetupInProgress setup -> MfaState.SETUP_IN_PROGRESS;
            case Enabled enabled -> MfaState.ENABLED;
        };
    }

    /** {@code DISABLED, SETUP_IN_PROGRESS -> SETUP_IN_PROGRESS}. While {@code ENABLED} another method is added; what is enabled is never touched. */
    default Mfa startSetup(Setup fresh) {
        if (!(this instanceof Enabled enabled)) {
            return new SetupInProgress(fresh);
        }
        if (enabled.has(fresh.enrollment().method())) {
            throw new Refused(new Problem.AlreadyEnabled());
        }
        return enabled.with(Optional.of(fresh));
    }

    /**
     * The set-up that a code of this session is meant for. One that has proved nothing could not confirm an addition to what is
     * enabled, so its code verifies: an addition that was abandoned keeps nobody out.
     */
    default Optional<Setup> setupOf(Session session, Instant now) {
        return setup(now)
                .filter(underWay ->
                        !(this instanceof Enabled) || session.verifiedAt().isPresent());
    }

    /** The set-up under way. */
    default Optional<Setup> setup(Instant now) {
        return switch (at(now)) {
            case Disabled disabled -> Optional.empty();
            case SetupInProgress running -> Optional.of(running.setup());
            case Enabled enabled -> enabled.addition();
        };
    }

    /** The set-up that could be confirmed now. */
    default Setup running(Instant now) {
        return setup(now)
                .orElseThrow(() -> new Refused(
                        this instanceof Enabled ? new Problem.AlreadyEnabled() : new Problem.SetupNotStarted()));
    }

    /** Judges a code for the authenticator app that is being set up. */
    default Proof confirm(String code, Instant now, int window) {
        var setup = running(now);
        if (!(setup.enrollment() instanceof Enrollment.Totp totp)) {
            return Proof.WRONG;
        }
        return Authenticator.unproven(totp.key()).judge(code, now, window) instanceof Authenticator.Judged.Right right
                ? new Proof.Right(Method.TOTP, enabledWith(Optional.of(right.next()), Optional.empty()))
                : Proof.WRONG;
    }

    /** {@code ENABLED} with codes to the address that is being set up, which a mailed code has proved. */
    default Enabled confirmEmail(Enrollment.Email email) {
        return enabledWith(Optional.empty(), Optional.of(new Mailbox(email.address(), false)));
    }

    /** {@code ENABLED} with an app that nobody has proved, and codes to {@code fallback} until somebody does. */
    default Enabled confirmUnproven(Enrollment.Totp totp, Optional<String> fallback) {
        return enabledWith(
                Optional.of(Authenticator.unproven(totp.key())), fallback.map(address -> new Mailbox(address, true)));
    }

    /** {@code ENABLED} with an app that was proved in another system. */
    default Enabled confirmImported(Enrollment.Totp totp) {
        return enabledWith(Optional.of(Authenticator.provedElsewhere(totp.key())), Optional.empty());
    }

    private Enabled enabledWith(Optional<Authenticator> app, Optional<Mailbox> mailbox) {
        return this instanceof Enabled enabled
                ? new Enabled(app.or(enabled::totp), mailbox.or(enabled::email), Optional.empty())
                : new Enabled(app, mailbox, Optional.empty());
    }

    /** {@code SETUP_IN_PROGRESS -> DISABLED}; an enabled second factor stays, without what was being added. */
    default Mfa abandonSetup() {
        return switch (this) {
            case Disabled disabled -> this;
            case SetupInProgress running -> new Disabled();
            case Enabled enabled -> enabled.with(Optional.empty());
        };
    }
}
