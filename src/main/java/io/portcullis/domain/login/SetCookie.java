package io.portcullis.domain.login;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * One {@code Set-Cookie} line (RFC 6265, section 5.2). Its value may be a credential, so it prints itself hidden.
 *
 * @param value without quotes around it
 * @param deletes whether it takes the cookie away: empty, or over when it comes
 */
public record SetCookie(String name, String value, boolean deletes) {
    /** A line that sets nothing is empty. */
    public static Optional<SetCookie> of(String line, Instant now) {
        var parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        var name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var value = unquoted(parts[0].substring(equals + 1).strip());
        return Optional.of(new SetCookie(name, value, value.isEmpty() || isOver(parts, now)));
    }

    /** Whether some reader could take it for the cookie of that name. */
    public boolean mayBe(String cookie) {
        return name.equalsIgnoreCase(cookie);
    }

    /** {@code Max-Age} goes before {@code Expires}; what cannot be read says nothing. */
    private static boolean isOver(String[] parts, Instant now) {
        Optional<Boolean> byAge = Optional.empty();
        Optional<Boolean> byDate = Optional.empty();
        for (int i = 1; i < parts.length; i++) {
            var attribute = parts[i].split("=", 2);
            var text = attribute.length == 2 ? attribute[1].strip() : "";
            var name = attribute[0].strip().toLowerCase(Locale.ROOT);
            if (name.equals("max-age") && text.matches("-?[0-9]+")) {
                byAge = Optional.of(!text.matches("0*[1-9][0-9]*"));
            } else if (name.equals("expires")) {
                byDate = date(text).map(end -> !end.isAfter(now));
            }
        }
        return byAge.isPresent() ? byAge.get() : byDate.orElse(false);
    }

    /** IMF-fixdate, or with hyphens as older programs write it (RFC 6265, section 5.1.1 takes both). */
    private static Optional<Instant> date(String text) {
        try {
            var plain = text.replace('-', ' ');
            return Optional.of(ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException unusual) {
            return Optional.empty();
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
