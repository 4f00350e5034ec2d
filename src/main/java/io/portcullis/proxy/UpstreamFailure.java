package io.portcullis.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.portcullis.domain.error.Problem;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failure to connect, or of a connection, means. */
final class UpstreamFailure {
    private UpstreamFailure() {}

    /** To the client. */
    static Problem problem(Throwable failure) {
        boolean late = failure instanceof ConnectTimeoutException || failure instanceof TimeoutException;
        return late ? new Problem.UpstreamTimeout() : new Problem.UpstreamUnavailable();
    }

    /** Whether the connection ended; any other failure has seen something of an answer. */
    static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    /** Whether the target is to blame: a full pool is our own doing. */
    static boolean isOfTarget(Throwable failure) {
        return !(failure instanceof ConnectionPoolTooBusyException);
    }

    /** To the operator: what happened and, of a certificate, what to do. */
    static String told(String upstream, Throwable failure) {
        var key = "upstreams." + upstream;
        if (causedBy(failure, CertificateExpiredException.class)
                || causedBy(failure, CertificateNotYetValidException.class)) {
            return failure + "; its certificate is out of date: renew it there, or set the clock of this machine";
        }
        if (causedBy(failure, CertPathBuilderException.class)) {
            return failure + "; its certificate comes from an authority that is not trusted here: name the PEM file of"
                    + " that authority in " + key + ".ca";
        }
        if (causedBy(failure, CertificateException.class)) {
            return failure + "; its certificate does not fit: correct the host in " + key
                    + ".url, or give the name that the certificate has in " + key + ".serverName";
        }
        if (causedBy(failure, SSLException.class)) {
            return failure + "; is there TLS at this port? If not, write http:// in " + key + ".url";
        }
        return failure.toString();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> kind) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
