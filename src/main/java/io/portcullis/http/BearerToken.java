package io.portcullis.http;

import org.jspecify.annotations.Nullable;

/** {@code Authorization: Bearer TOKEN} (RFC 6750, section 2.1). Read by hand: it is on every request, and a regular expression costs more than the rest of the gate. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";
    private static final boolean[] PARTS = parts();

    private BearerToken() {}

    /** The token of a header's value; null for another scheme, and for what is no token. */
    static @Nullable String in(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int start = SCHEME.length();
        while (start < authorization.length() && authorization.charAt(start) == ' ') {
            start++;
        }
        int end = authorization.length();
        while (end > start && authorization.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (!isPart(authorization.charAt(i))) {
                return null;
            }
        }
        return end == start ? null : authorization.substring(start);
    }

    private static boolean isPart(char c) {
        return c < PARTS.length && PARTS[c];
    }

    private static boolean[] parts() {
        var parts = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"
                .chars()
                .forEach(c -> parts[c] = true);
        return parts;
    }
}
