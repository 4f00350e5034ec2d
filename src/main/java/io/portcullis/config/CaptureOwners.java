package io.portcullis.config;

import io.portcullis.domain.capture.CaptureSettings.Occasion;
import io.portcullis.yaml.Value;
import java.util.Optional;

/** What could name the account of a captured credential whose answer does not. */
final class CaptureOwners {
    /** What it is when {@link #named} says no. */
    static final String NONE =
            "no jwt or introspection source reads the credential, and no accounts or directory source has the realm";

    private static final String COOKIE = "cookie:";

    private final Value root;
    private final Value capture;
    private final Optional<String> cookie;

    CaptureOwners(Value root, Value capture, Value success) {
        this.root = root;
        this.capture = capture;
        this.cookie = success.at("cookie").optionalText();
    }

    /**
     * A table finds an account by its e-mail, which a login has and no other request. A source that is faulty itself could be what
     * is needed.
     */
    boolean named(Occasion occasion) {
        return root.at("identity").items().stream().anyMatch(source -> !source.readable())
                || bySource()
                || (occasion == Occasion.LOGIN && (byTable("accounts") || byTable("directory")));
    }

    private boolean bySource() {
        boolean byToken = IdentityBinder.ofType(root, "jwt").stream()
                .anyMatch(jwt -> cookie.map(name -> jwt.at("from").texts().contains(COOKIE + name))
                        .orElse(true));
        return byToken
                || IdentityBinder.ofType(root, "introspection").stream()
                        .anyMatch(asked -> asked.at("cookie").optionalText().equals(cookie));
    }

    private boolean byTable(String type) {
        var realm = IdentityBinder.realm(capture);
        return IdentityBinder.ofType(root, type).stream()
                .anyMatch(table -> IdentityBinder.realm(table).equals(realm));
    }
}
