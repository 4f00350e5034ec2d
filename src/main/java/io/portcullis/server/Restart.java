package io.portcullis.server;

import io.portcullis.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The settings that are fixed when the process starts. */
final class Restart {
    private Restart() {}

    /** Throws {@code IllegalArgumentException}, naming the keys, when one of them is another now. */
    static void check(Settings before, Settings after) {
        var changed = new ArrayList<String>();
        compare(
                changed,
                "server.host",
                before,
                after,
                settings -> settings.server().host());
        compare(
                changed,
                "server.port",
                before,
                after,
                settings -> settings.server().port());
        compare(
                changed,
                "server.limits",
                before,
                after,
                settings -> settings.server().limits());
        compare(
                changed,
                "server.tls (given or not; the files may change)",
                before,
                after,
                settings -> settings.server().tls().isPresent());
        compare(
                changed,
                "server.proxyProtocol",
                before,
                after,
                settings -> settings.server().proxyProtocol());
        compare(
                changed,
                "server.shutdown",
                before,
                after,
                settings -> settings.server().shutdown());
        compare(changed, "management", before, after, Settings::management);
        compare(changed, "postgres, redis", before, after, Settings::stores);
        compare(changed, "secrets", before, after, Settings::secrets);
        if (!changed.isEmpty()) {
            throw new IllegalArgumentException("a restart is needed to change " + String.join(", ", changed));
        }
    }

    private static void compare(
            List<String> changed, String key, Settings before, Settings after, Function<Settings, Object> part) {
        if (!part.apply(before).equals(part.apply(after))) {
            changed.add(key);
        }
    }
}
