package io.portcullis.proxy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CapturedLogin.Reason;
import io.portcullis.domain.login.FirstFactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what is wrong with a captured login, and what to do about it. Never a credential. */
final class CaptureLog {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLog.class);

    private volatile boolean warned;

    void keptBack(CaptureSettings capture, HandOut handOut, Reason reason, int status, String requestId) {
        LOG.error(
                "request {}: {} {} of {} was answered with status {} and kept back: {}",
                requestId,
                handOut.route().method(),
                handOut.route().path(),
                capture.name(),
                status,
                told(reason));
    }

    private static String told(Reason reason) {
        return switch (reason) {
            case UNKNOWN ->
                "it is neither the success that the config describes nor an error; tell successes by success.field or"
                        + " success.location";
            case NO_CREDENTIAL ->
                "it is a success without a credential at the one place that the config names; compare success.token or"
                        + " success.cookie, or tell failures apart by success.field or success.location";
            case CREDENTIAL_FROM_CLIENT ->
                "the backend logs in the cookie that the client brought, which anybody may have planted; let the backend"
                        + " give out a new one at each login (in PHP: session_regenerate_id)";
            case OF_NOBODY ->
                "nothing says whose the credential is; give success.user, a jwt or introspection source that accepts it,"
                        + " or a table with the e-mail";
            case FAILURE_WITH_CREDENTIAL ->
                "it has a credential, yet is not the success that the config describes; compare success with it";
            case ENCODED -> "it is compressed although plain text was asked for; let the backend obey Accept-Encoding";
        };
    }

    /** The usual mistake of a first config: everything seems to work, until a token comes whose making the gateway did not see. */
    void letIn(CaptureSettings capture, HandOut handOut, FirstFactor.Admitted admitted) {
        boolean token = admitted.token().split("\\.", -1).length == 3;
        boolean byNoSource = admitted.source().equals(capture.name());
        if (handOut.success().token().isPresent() && token && byNoSource && !warned) {
            warned = true;
            LOG.warn(
                    "{} hands out tokens that no identity source of type jwt accepts: compare algorithm, secret or key, issuer"
                            + " and audience. Until then only tokens of logins through this gateway are known.",
                    capture.name());
        }
    }
}
