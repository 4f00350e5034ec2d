package io.portcullis.domain.session;

import java.util.Optional;

/** One credential as a request carries it, and the name of its cookie; empty for {@code Authorization: Bearer}. */
public record Carried(String credential, Optional<String> cookie) {
    public static Carried bearer(String token) {
        return new Carried(token, Optional.empty());
    }

    public static Carried cookie(String name, String value) {
        return new Carried(value, Optional.of(name));
    }

    @Override
    public String toString() {
        return "Carried[" + cookie.orElse("bearer") + "]";
    }
}
