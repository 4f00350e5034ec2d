package io.portcullis.server;

import java.util.Optional;

/** Of the jar. */
final class Version {
    static final String TEXT = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not from a jar)");

    private Version() {}
}
