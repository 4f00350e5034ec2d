package io.portcullis.adapter.embedded;

import java.util.Locale;

/**
 * What of the servers is on the class path. Names none of their libraries' types: where they are left out, a class that
 * does cannot even be loaded.
 */
final class Bundle {
    private static final String REDIS = "/redis/embedded/core/ExecutableProvider.class";

    private Bundle() {}

    static boolean complete() {
        return Bundle.class.getResource(postgres()) != null && Bundle.class.getResource(REDIS) != null;
    }

    /** The archive with the PostgreSQL programs of this kind of machine, as zonky.io names it. */
    static String postgres() {
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var os = name.startsWith("mac") ? "darwin" : name; // "linux"; others are not bundled
        return "/postgres-" + os + "-" + arch + ".txz";
    }
}
