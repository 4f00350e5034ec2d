package io.portcullis.api;

import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.session.Carried;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation.
 *
 * @param arguments those that were given, each in the form its parameter asks for
 * @param credential the judged credential; throws {@code Refused} when there is none that is valid
 * @param carriesCredential whether the request carries any
 * @param loginToken the temp token in the cookie of a login in progress
 * @param deviceToken the token in the cookie of a remembered device
 * @param oidcSecret what is in the cookie of a login under way at an OpenID provider
 */
record Call(
        Map<String, String> arguments,
        Supplier<Judged> credential,
        CarriedBy carriesCredential,
        Optional<String> loginToken,
        Optional<String> deviceToken,
        Optional<String> oidcSecret,
        Origin origin) {

    record Judged(Caller caller, Carried carried) {
        @Override
        public String toString() {
            return "Judged[" + caller.session().account() + "]";
        }
    }

    /** Where the request has a credential. */
    enum CarriedBy {
        NOTHING,
        COOKIE,
        BEARER
    }

    /** The same request with these arguments. */
    Call with(Map<String, String> others) {
        return new Call(others, credential, carriesCredential, loginToken, deviceToken, oidcSecret, origin);
    }

    /** The same request without a login in progress. */
    Call withoutLogin() {
        return new Call(arguments, credential, carriesCredential, Optional.empty(), deviceToken, oidcSecret, origin);
    }

    /** The same request for several operations on one thread: who sent it is judged at the first that asks. */
    Call judgedOnce() {
        var judged = new AtomicReference<@Nullable Judged>();
        Supplier<Judged> once = () -> {
            var known = judged.get();
            if (known == null) {
                known = credential.get();
                judged.set(known);
            }
            return known;
        };
        return new Call(arguments, once, carriesCredential, loginToken, deviceToken, oidcSecret, origin);
    }

    /** An argument that its parameter requires. */
    String required(String name) {
        return Optional.ofNullable(arguments.get(name))
                .orElseThrow(() -> new IllegalStateException(name + " is not declared as required"));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(arguments.get(name));
    }

    /** An argument of the form {@code FLAG}; false when it was not given. */
    boolean flag(String name) {
        return optional(name).map(Boolean::parseBoolean).orElse(false);
    }

    /** An argument of the form {@code NUMBER}. */
    Optional<Integer> number(String name) {
        return optional(name).map(Integer::valueOf);
    }

    /** An argument of the form {@code INSTANT}. */
    Optional<Instant> instant(String name) {
        return optional(name).map(Instant::parse);
    }

    Caller caller() {
        return credential.get().caller();
    }

    @Override
    public String toString() {
        return "Call[hidden]";
    }
}
