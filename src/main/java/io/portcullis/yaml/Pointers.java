package io.portcullis.yaml;

/** JSON pointers (RFC 6901). */
public final class Pointers {
    private Pointers() {}

    public static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    public static String child(String pointer, int index) {
        return pointer + "/" + index;
    }
}
