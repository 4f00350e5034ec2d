package io.portcullis.testing;

import java.util.Map;

/** {@link SpringProvider} in a process of its own: one for all tests of a JVM, ended with it. */
public final class OpenIdServer {
    private static final OpenIdServer SHARED = start();

    private final Program program;
    private final String issuer;

    private OpenIdServer(Program program, String issuer) {
        this.program = program;
        this.issuer = issuer;
    }

    public static OpenIdServer shared() {
        return SHARED;
    }

    private static OpenIdServer start() {
        try {
            var program = Program.run(
                    Map.of(),
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    SpringProvider.class.getName());
            Runtime.getRuntime().addShutdownHook(new Thread(program::close));
            return new OpenIdServer(
                    program, program.awaitOutput("issuer (http://[0-9.:]+)").group(1));
        } catch (Exception e) {
            throw new IllegalStateException("the OpenID provider of the tests does not start", e);
        }
    }

    public String issuer() {
        return issuer;
    }

    /** All that it has printed. */
    public String output() {
        return program.output();
    }
}
