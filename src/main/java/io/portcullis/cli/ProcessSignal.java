package io.portcullis.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operating system tells a process. The JDK has no public way to hear a signal but shutdown hooks; {@code sun.misc.Signal} is in the
 * supported module {@code jdk.unsupported}, and is reached by reflection because the compiler warns of it in a way that cannot be suppressed.
 */
enum ProcessSignal {
    HUP,
    INT,
    TERM;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSignal.class);

    /** Runs it on a thread of the JVM's each time, in place of what the JVM would do; where there is no such signal, never. */
    void on(Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name()), proxy);
        } catch (ReflectiveOperationException unsupported) {
            LOG.info("SIG{} is not heard here", name());
        }
    }
}
