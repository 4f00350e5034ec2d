package io.portcullis.gate;

import io.portcullis.domain.login.Caller;
import java.util.List;
import java.util.Map;

/**
 * A recognised caller, ready to be sent on.
 *
 * @param carriedAt which of the request's credentials was judged
 */
record Passport(Caller caller, List<Map.Entry<CharSequence, String>> identityHeaders, int carriedAt) {
    static Passport of(Caller caller, int carriedAt) {
        return new Passport(caller, IdentityHeaders.of(caller.session()), carriedAt);
    }
}
