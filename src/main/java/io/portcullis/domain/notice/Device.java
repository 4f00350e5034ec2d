package io.portcullis.domain.notice;

import java.util.List;
import java.util.Optional;

/**
 * What a {@code User-Agent} says of a device, in names of ours. Its own text is never shown to a person: whoever knows a password
 * could have us say "visit evil.example to secure your account", under our name.
 *
 * @param program such as Firefox; empty for one that is not known
 * @param system such as Windows; likewise
 */
public record Device(Optional<String> program, Optional<String> system) {
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

    /** Empty when there was no {@code User-Agent}. */
    public static Optional<Device> of(String userAgent) {
        return userAgent.isBlank()
                ? Optional.empty()
                : Optional.of(new Device(find(PROGRAMS, userAgent), find(SYSTEMS, userAgent)));
    }

    private static Optional<String> find(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.text()))
                .map(Sign::meaning)
                .findFirst();
    }
}
