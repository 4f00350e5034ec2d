package io.portcullis.observe;

/** The path of a request target as it may be written down. */
final class RequestPath {
    private RequestPath() {}

    /**
     * Without query, authority and the values of parameters after {@code ;}, which may be credentials such as {@code jsessionid}. Empty where
     * the target has no path.
     */
    static String of(String target) {
        int start = 0;
        if (target.isEmpty() || target.charAt(0) != '/') {
            int authority = target.indexOf("://");
            start = authority < 0 ? -1 : target.indexOf('/', authority + 3);
        }
        if (start < 0) {
            return "";
        }
        var path = new StringBuilder();
        boolean parameters = false;
        for (int i = start; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '?' || c == '#') {
                break;
            }
            if (c == '/') {
                parameters = false;
            }
            if (!parameters) {
                path.append(c);
            }
            if (c == ';') {
                parameters = true;
            }
        }
        return path.toString();
    }
}
