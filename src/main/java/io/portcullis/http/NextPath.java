package io.portcullis.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where a person wants to go after a login: a path of our own origin and nothing else (CWE-601). */
public final class NextPath {
    /** For a browser {@code //host} and {@code /\host} are other origins, and it drops tabs and line ends before it looks. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\#]]*");

    private static final int LONGEST = 2048;

    private NextPath() {}

    /** The path with its query as it was given; {@code /} for anything that could lead elsewhere. */
    public static String local(String wanted) {
        return wanted.length() <= LONGEST && LOCAL.matcher(wanted).matches() ? wanted : "/";
    }

    /** The path of a page with {@code next} behind it. */
    public static String on(String page, String wanted) {
        return page + "?next=" + URLEncoder.encode(local(wanted), StandardCharsets.UTF_8);
    }
}
