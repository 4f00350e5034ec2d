package io.portcullis.domain.session;

/** How far a credential got. */
public enum Level {
    ONE_FACTOR("one-factor"),
    TWO_FACTOR("two-factor");

    private final String wire;

    Level(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
