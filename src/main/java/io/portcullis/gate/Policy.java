package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.CaptureSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the config file says about paths: the rules, the watched legacy routes, and the base that is our own. Immutable, for any thread. */
public final class Policy {
    /** Under it nothing is a backend's, unless a rule names it there. */
    private static final String OWN_BASE = "/auth";

    private final Rules rules;
    private final List<CaptureSettings> captures;

    public Policy(Rules rules, List<CaptureSettings> captures) {
        this.rules = rules;
        this.captures = List.copyOf(captures);
    }

    /** @throws Refused {@code NoRoute} or {@code AmbiguousPath} */
    Rule rule(String method, RequestTarget target) {
        var rule = rules.match(method, target);
        if (isUnder(OWN_BASE, target.reading())
                && !isUnder(OWN_BASE, rule.path().toLowerCase(Locale.ROOT))) {
            throw new Refused(new Problem.NoRoute());
        }
        return rule;
    }

    /**
     * The legacy login that this request is, if any.
     *
     * @throws Refused {@code AmbiguousPath} when only some server would read it so
     */
    Optional<CaptureSettings> login(String method, RequestTarget target) {
        for (var capture : captures) {
            if (is(capture.login(), method, target)) {
                return Optional.of(capture);
            }
        }
        return Optional.empty();
    }

    /** The method of the legacy login at this path, whatever the method of this request. */
    Optional<String> loginMethod(RequestTarget target) {
        for (var capture : captures) {
            if (target.is(capture.login().path().toLowerCase(java.util.Locale.ROOT))) {
                return Optional.of(capture.login().method());
            }
        }
        return Optional.empty();
    }

    /** Whether this request logs out at a legacy backend. */
    boolean isLogout(String method, RequestTarget target) {
        return captures.stream()
                .anyMatch(capture -> capture.logout()
                        .filter(route -> is(route, method, target))
                        .isPresent());
    }

    private static boolean is(CaptureSettings.Route route, String method, RequestTarget target) {
        return route.method().equalsIgnoreCase(method) && target.is(route.path().toLowerCase(Locale.ROOT));
    }

    private static boolean isUnder(String base, String path) {
        return path.equals(base) || path.startsWith(base + "/");
    }
}
