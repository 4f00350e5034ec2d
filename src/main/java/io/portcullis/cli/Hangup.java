package io.portcullis.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. The JDK has no public way to hear a signal but shutdown hooks; {@code sun.misc.Signal} is in the supported module
 * {@code jdk.unsupported}, and is reached by reflection because the compiler warns of it in a way that cannot be suppressed.
 */
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** Runs it on a thread of the JVM's each time; where there is no such signal, never. */
    static void onSignal(Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException unsupported) {
            LOG.info("SIGHUP is not heard here; a change of the config file is");
        }
    }
}
