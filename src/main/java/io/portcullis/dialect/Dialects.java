package io.portcullis.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dialects that one gateway serves, side by side. */
public record Dialects(List<Dialect> all) {
    /** Served by every gateway. */
    public static final List<String> OWN = List.of("portcullis", "well-known");

    /** Those that a config file may name. */
    public static final List<String> SHIPPED = List.of("better-auth", "admin-email", "three-state", "two-factor");

    public Dialects {
        all = List.copyOf(all);
    }

    /** The gateway's own, and these besides. */
    public static Dialects with(List<Dialect> others) {
        var all = new ArrayList<>(OWN.stream().map(DialectFile::builtIn).toList());
        all.addAll(others);
        return new Dialects(all);
    }

    /** A route, and what another dialect has at the same requests. */
    public record Clash(Dialect dialect, Route route, Dialect other, Route otherRoute) {
        /** What to do about it. */
        public String message() {
            return at(dialect, route) + " is for the same requests as " + at(other, otherRoute)
                    + "; drop one of both, or give one dialect another base";
        }
    }

    /** A route, in messages about several files. */
    public static String at(Dialect dialect, Route route) {
        return route.method() + " " + route.path() + " of " + dialect.file() + " (line "
                + route.place().line() + ")";
    }

    /** Every two routes of two dialects, or of one, that could be for one request. */
    public List<Clash> clashes() {
        var clashes = new ArrayList<Clash>();
        for (int i = 0; i < all.size(); i++) {
            var dialect = all.get(i);
            for (var route : dialect.routes()) {
                for (var other : all.subList(0, i)) {
                    sameRequests(other.routes(), route)
                            .ifPresent(there -> clashes.add(new Clash(dialect, route, other, there)));
                }
            }
            for (int j = 1; j < dialect.routes().size(); j++) {
                var route = dialect.routes().get(j);
                sameRequests(dialect.routes().subList(0, j), route)
                        .ifPresent(there -> clashes.add(new Clash(dialect, route, dialect, there)));
            }
        }
        return clashes;
    }

    /** The first of these that a request for the route could be for, too. */
    static Optional<Route> sameRequests(List<Route> routes, Route route) {
        return routes.stream().filter(other -> clash(other, route)).findFirst();
    }

    /** What to do about it inside one file. */
    static String sameAs(Route route, Route earlier) {
        return "is for the same requests as " + earlier.method() + " " + earlier.path() + " in line "
                + earlier.place().line() + "; "
                + (route.path().equals(earlier.path())
                        ? "drop one of both, or make them cases of one route"
                        : "call the segments in braces alike, or drop one of both");
    }

    /** Two templates of one shape clash whatever their methods: one path has one set of names. */
    private static boolean clash(Route one, Route other) {
        if (one.path().equals(other.path())) {
            return one.method().equals(other.method());
        }
        return PathTemplate.isOne(one.path())
                && PathTemplate.isOne(other.path())
                && PathTemplate.of(one.path()).overlaps(PathTemplate.of(other.path()));
    }
}
