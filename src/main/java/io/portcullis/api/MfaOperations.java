package io.portcullis.api;

import io.portcullis.api.Parameter.Form;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.StartSetup;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code startSetup}, {@code confirmSetup}, {@code disable}. */
public final class MfaOperations implements Operations {
    private final StartSetup startSetup;
    private final ConfirmSetup confirmSetup;
    private final Disable disable;
    private final OwnSession ownSession;
    private final boolean qr;

    /** {@code qr}: whether a set-up answers with a QR code. */
    public MfaOperations(
            StartSetup startSetup, ConfirmSetup confirmSetup, Disable disable, OwnSession ownSession, boolean qr) {
        this.startSetup = startSetup;
        this.confirmSetup = confirmSetup;
        this.disable = disable;
        this.ownSession = ownSession;
        this.qr = qr;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("startSetup", List.of(Parameter.optional("method", Form.SETUP_METHOD)), this::startSetup),
                new Operation(
                        "confirmSetup",
                        List.of(
                                Parameter.optional("code", Form.DIGITS),
                                Parameter.optional("enrollmentToken", Form.TEXT),
                                Parameter.optional("emailCode", Form.DIGITS)),
                        this::confirmSetup),
                new Operation("disable", FRESH_PROOF, this::disable));
    }

    /** What a sensitive change may be given as its proof. */
    static final List<Parameter> FRESH_PROOF =
            List.of(Parameter.optional("code", Form.CODE), Parameter.optional("password", Form.TEXT));

    static FreshProof.Given freshProof(Call call) {
        return new FreshProof.Given(call.optional("code").map(Parameter::withoutSpaces), call.optional("password"));
    }

    private Reply startSetup(Call call) {
        var method = call.optional("method").flatMap(Method::of).orElse(Method.TOTP);
        return switch (startSetup.start(call.caller().session(), method, false, call.origin())) {
            case StartSetup.Started.App app -> Reply.of(app(app));
            case StartSetup.Started.Mail mail -> SentView.reply(mail.sent());
        };
    }

    private JsonObject app(StartSetup.Started.App app) {
        var values = new JsonObject()
                .put("secret", app.key().base32())
                .put("otpauthUrl", app.otpauthUrl())
                .put("expiresIn", app.expiresIn().toSeconds());
        if (qr) {
            values.put("qrCodeDataUrl", QrCodePng.dataUrl(app.otpauthUrl()));
        }
        app.enrollmentToken().ifPresent(token -> values.put("enrollmentToken", token));
        app.proof().ifPresent(sent -> values.put("emailCode", SentView.json(sent)));
        return values;
    }

    private Reply confirmSetup(Call call) {
        if (call.optional("code").isEmpty() && call.optional("enrollmentToken").isEmpty()) {
            throw new Refused(Problem.InvalidRequest.field("code", "is missing"));
        }
        var judged = call.credential().get();
        var session = judged.caller().session();
        var given = new ConfirmSetup.Given(
                call.optional("code").map(Parameter::withoutSpaces),
                call.optional("enrollmentToken"),
                call.optional("emailCode").map(Parameter::withoutSpaces),
                Optional.empty(),
                false);
        return switch (confirmSetup.confirm(session, given, call.origin())) {
            case ConfirmSetup.Outcome.Pending pending ->
                Reply.accepted(new JsonObject()
                        .put("enabled", false)
                        .put("pending", true)
                        .put(
                                "retryAfterSeconds",
                                pending.retryAfter().plusMillis(999).toSeconds()));
            case ConfirmSetup.Outcome.Enabled enabled ->
                ownSession.raised(
                        Reply.of(new JsonObject()
                                .put("enabled", true)
                                .put("user", UserView.json(session.identity(), MfaState.ENABLED))
                                .put("recoveryCodes", RecoveryOperations.plaintext(enabled.recoveryCodes()))),
                        judged);
        };
    }

    private Reply disable(Call call) {
        var session = call.caller().session();
        disable.disable(session, freshProof(call), call.origin());
        return Reply.of(new JsonObject()
                .put("enabled", false)
                .put("user", UserView.json(session.identity(), MfaState.DISABLED)));
    }
}
