package io.portcullis.pages;

/** How many digits codes have. */
record Digits(int app, int email) {
    /** Of a field that takes the one or the other, or either: then the longer. */
    int of(boolean takesApp, boolean takesEmail) {
        return Math.max(takesApp ? app : 0, takesEmail ? email : 0);
    }
}
