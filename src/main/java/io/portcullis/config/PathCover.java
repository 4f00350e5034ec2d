package io.portcullis.config;

import java.util.List;

/** Whether one rule's path leaves nothing to another's. */
final class PathCover {
    private static final String OPEN = "/**";

    private PathCover() {}

    /** Both in lower case, as the gate compares them. */
    static boolean covers(String path, String other) {
        boolean open = path.endsWith(OPEN);
        var segments = segments(path);
        var others = segments(other);
        boolean length =
                open ? segments.size() <= others.size() : segments.size() == others.size() && !other.endsWith(OPEN);
        if (!length) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).equals("*") && !segments.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String path) {
        var fixed = path.endsWith(OPEN) ? path.substring(0, path.length() - OPEN.length()) : path;
        return List.of(fixed.split("/", -1));
    }
}
