package io.portcullis.adapter.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code User-Agent} in words. Its own text never reaches a mail: whoever knows a password could have us send the
 * person "visit evil.example to secure your account", under our name.
 */
final class Device {
    /** What to look for, and what it means; the first that is found counts, since most name others as well. */
    private record Sign(String text, String meaning) {}

    private static final List<Sign> PROGRAMS = List.of(
            new Sign("Edg", "Edge"),
            new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser", "Samsung Internet"),
            new Sign("Firefox", "Firefox"),
            new Sign("FxiOS", "Firefox"),
            new Sign("CriOS", "Chrome"),
            new Sign("Chrome", "Chrome"),
            new Sign("Safari", "Safari"),
            new Sign("curl/", "curl"));

    private static final List<Sign> SYSTEMS = List.of(
            new Sign("Windows", "Windows"),
            new Sign("Android", "Android"),
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("Mac OS X", "macOS"),
            new Sign("CrOS", "ChromeOS"),
            new Sign("Linux", "Linux"));

    private Device() {}

    /** Empty when there was no {@code User-Agent}. */
    static Optional<String> of(String userAgent, Locale language) {
        if (userAgent.isBlank()) {
            return Optional.empty();
        }
        var unknown = Texts.get(language, "device.unknown");
        var program = find(PROGRAMS, userAgent);
        var system = find(SYSTEMS, userAgent);
        return Optional.of(system.map(name -> Texts.get(language, "device.both")
                        .replace("{program}", program.orElse(unknown))
                        .replace("{system}", name))
                .orElse(program.orElse(unknown)));
    }

    private static Optional<String> find(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.text()))
                .map(Sign::meaning)
                .findFirst();
    }
}
