package io.portcullis.dialect;

import io.portcullis.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The dialects that one gateway serves, side by side. */
public record Dialects(List<Dialect> all) {
    /** Served by every gateway. */
    private static final List<String> OWN = List.of("portcullis", "well-known");

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
            return route.method() + " " + route.path() + " of " + dialect.name() + " is " + otherRoute.method() + " "
                    + otherRoute.path() + " of " + other.name() + " as well"
                    + " (line " + place(otherRoute).line() + "); drop one, or give it another base";
        }

        private static Place place(Route route) {
            return route.place();
        }
    }

    /** Every two routes that could be for one request. */
    public List<Clash> clashes() {
        var clashes = new ArrayList<Clash>();
        var exact = new HashMap<String, Map.Entry<Dialect, Route>>();
        var templates = new ArrayList<Map.Entry<Dialect, Route>>();
        for (var dialect : all) {
            for (var route : dialect.routes()) {
                var here = Map.entry(dialect, route);
                var before = exact.putIfAbsent(route.method() + " " + route.path(), here);
                if (before != null) {
                    clashes.add(new Clash(dialect, route, before.getKey(), before.getValue()));
                    continue;
                }
                if (PathTemplate.isOne(route.path())) {
                    templates.stream()
                            .filter(one -> overlap(one.getValue(), route))
                            .findFirst()
                            .ifPresent(one -> clashes.add(new Clash(dialect, route, one.getKey(), one.getValue())));
                    templates.add(here);
                }
            }
        }
        return clashes;
    }

    private static boolean overlap(Route one, Route other) {
        return !one.path().equals(other.path()) && PathTemplate.of(one.path()).overlaps(PathTemplate.of(other.path()));
    }
}
