package io.portcullis.gate;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.StrayFields;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the config file says about paths: the rules, the watched legacy routes, and those that are our own. Immutable, for any thread. */
public final class Policy {
    /** Under it nothing is a backend's, unless a rule names it there. */
    private static final String OWN_BASE = "/auth";

    private final Rules rules;
    private final List<CaptureSettings> captures;
    private final List<Watched> watched;
    private final OwnPaths ownPaths;

    public Policy(Rules rules, List<CaptureSettings> captures, OwnPaths ownPaths) {
        this.rules = rules;
        this.ownPaths = ownPaths;
        this.captures = List.copyOf(captures);
        this.watched = captures.stream()
                .flatMap(capture -> capture.handOuts().stream().map(handOut -> new Watched(capture, handOut)))
                .toList();
    }

    /** @throws Refused {@code NoRoute} or {@code AmbiguousPath}, also where the rules would open a path of ours in another spelling */
    Rule rule(String method, RequestTarget target) {
        var rule = rules.match(method, target);
        ownPaths.check(target);
        if (isUnder(OWN_BASE, target.reading())
                && !isUnder(OWN_BASE, rule.path().toLowerCase(Locale.ROOT))) {
            throw new Refused(new Problem.NoRoute());
        }
        return rule;
    }

    /** A legacy route that hands out a credential, and the settings it belongs to. */
    record Watched(CaptureSettings capture, HandOut handOut) {}

    /**
     * The legacy login that this request is, or another route that hands out a credential, if any.
     *
     * @throws Refused {@code AmbiguousPath} when only some server would read it so
     */
    Optional<Watched> handOut(String method, RequestTarget target) {
        for (var one : watched) {
            if (is(one.handOut().route(), method, target)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The methods of the routes at this path that hand out a credential, whatever the method of this request; mostly none. */
    Set<String> handOutMethods(RequestTarget target) {
        var methods = new TreeSet<String>();
        for (var one : watched) {
            var route = one.handOut().route();
            if (target.is(route.path().toLowerCase(Locale.ROOT))) {
                methods.add(route.method());
            }
        }
        return methods;
    }

    /** Whether a request for such a path, whatever its method, has a password in its query. */
    boolean bringsPassword(RequestTarget target, @Nullable String query) {
        return query != null
                && watched.stream()
                        .filter(one -> target.is(one.handOut().route().path().toLowerCase(Locale.ROOT)))
                        .anyMatch(one -> StrayFields.password(one.capture(), query));
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
