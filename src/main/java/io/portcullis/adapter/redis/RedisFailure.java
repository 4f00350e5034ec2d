package io.portcullis.adapter.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Set;
import java.util.regex.Pattern;

/** What Redis means by an error. */
final class RedisFailure {
    /** The errors of a server that cannot serve now, where the same request works later. */
    private static final Set<String> OUTAGES = Set.of(
            "LOADING",
            "BUSY",
            "READONLY",
            "OOM",
            "MISCONF",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "NOREPLICAS",
            "NOAUTH",
            "WRONGPASS",
            "UNBLOCKED",
            "CONNECTION_CLOSED"); // the client says that one itself

    /** Redis 6 wraps what a script met: {@code ERR Error running script (...): @user_script:1: -OOM command not allowed ...} */
    private static final Pattern IN_SCRIPT = Pattern.compile("^ERR Error running script .*?-([A-Z]+) ");

    private RedisFailure() {}

    /** The first word; empty for what no server said. */
    static String code(Throwable failure) {
        if (!(failure instanceof ErrorType)) {
            return "";
        }
        var message = String.valueOf(failure.getMessage());
        var inScript = IN_SCRIPT.matcher(message);
        if (inScript.find()) {
            return inScript.group(1);
        }
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    /** Whether a server said so, and the request is to blame. */
    static boolean isObjection(Throwable failure) {
        return failure instanceof ErrorType
                && !OUTAGES.contains(code(failure))
                && !String.valueOf(failure.getMessage()).startsWith("ERR max number of clients");
    }

    /** Of {@code MOVED slot host:port} and {@code ASK slot host:port}. */
    static RedisNode target(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return RedisNode.of(message.substring(message.lastIndexOf(' ') + 1));
    }
}
