package io.portcullis.api;

import io.portcullis.dialect.Parameter;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.RemoveMethod;
import io.portcullis.domain.mfa.StartSetup;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code startSetup}, {@code confirmSetup}, {@code removeMethod}, {@code disable}. */
public final class MfaOperations implements Operations {
    private final StartSetup startSetup;
    private final ConfirmSetup confirmSetup;
    private final RemoveMethod removeMethod;
    private final Disable disable;
    private final OwnSession ownSession;
    private final boolean qr;

    /** {@code qr}: whether a set-up answers with a QR code. */
    public MfaOperations(
            StartSetup startSetup,
            ConfirmSetup confirmSetup,
            RemoveMethod removeMethod,
            Disable disable,
            OwnSession ownSession,
            boolean qr) {
        this.startSetup = startSetup;
        this.confirmSetup = confirmSetup;
        this.removeMethod = removeMethod;
        this.disable = disable;
        this.ownSession = ownSession;
        this.qr = qr;
    }

    @Override
    public List<Operation> all() {
        return List.of(
                new Operation("startSetup", this::startSetup),
                new Operation("confirmSetup", this::confirmSetup),
                new Operation("removeMethod", this::removeMethod),
                new Operation("disable", this::disable));
    }

    /** What a sensitive change is given as its proof. */
    static FreshProof.Given freshProof(Call call) {
        return new FreshProof.Given(call.optional("code").map(Parameter::withoutSpaces), call.optional("password"));
    }

    private Reply startSetup(Call call) {
        var session = call.caller().session();
        var method = call.optional("method").flatMap(Method::of).orElse(Method.TOTP);
        var started = startSetup.start(session, method, call.flag("showRecoveryCodes"), call.origin());
        var state =
                call.caller().standing().state() == MfaState.ENABLED ? MfaState.ENABLED : MfaState.SETUP_IN_PROGRESS;
        return switch (started) {
            case StartSetup.Started.App app -> Reply.of("appStarted", app(app, state));
            case StartSetup.Started.Mail mail -> mailed(mail, state);
        };
    }

    private JsonObject app(StartSetup.Started.App app, MfaState state) {
        var values = new JsonObject()
                .put("state", state.name())
                .put("secret", app.key().base32())
                .put("otpauthUrl", app.otpauthUrl())
                .put("verificationToken", app.verificationToken())
                .put("expiresIn", app.expiresIn().toSeconds());
        if (qr) {
            values.put("qrCodeDataUrl", QrCodePng.dataUrl(app.otpauthUrl()));
        }
        app.enrollmentToken().ifPresent(token -> values.put("enrollmentToken", token));
        app.proof().ifPresent(sent -> values.put("emailCode", SentView.json(sent)));
        return withCodes(values, app.recoveryCodes());
    }

    private static Reply mailed(StartSetup.Started.Mail mail, MfaState state) {
        var values = SentView.json(mail.sent())
                .put("state", state.name())
                .put("verificationToken", mail.verificationToken());
        return Reply.of("codeSent", withCodes(values, mail.recoveryCodes()))
                .withQuotas(List.of(mail.sent().quota()));
    }

    private Reply confirmSetup(Call call) {
        if (call.optional("code").isEmpty() && call.optional("enrollmentToken").isEmpty()) {
            throw new Refused(Problem.InvalidRequest.field("code", "is missing"));
        }
        return confirm(call, call.optional("verificationToken"));
    }

    /** Confirms the set-up that is running; a token must be the one of it. */
    Reply confirm(Call call, Optional<String> verificationToken) {
        call.optional("code").flatMap(Parameter.Form.DIGITS::fault).ifPresent(fault -> {
            throw new Refused(
                    Problem.InvalidRequest.field("code", fault)); // of a recovery code, which confirms nothing
        });
        var judged = call.credential().get();
        var session = judged.caller().session();
        var given = new ConfirmSetup.Given(
                call.optional("code").map(Parameter::withoutSpaces),
                call.optional("enrollmentToken"),
                call.optional("emailCode").map(Parameter::withoutSpaces),
                verificationToken,
                call.flag("keepShownCodes"));
        return switch (confirmSetup.confirm(session, given, call.origin())) {
            case ConfirmSetup.Outcome.Pending pending ->
                Reply.of(
                        "pending",
                        new JsonObject()
                                .put("enabled", false)
                                .put("pending", true)
                                .put(
                                        "retryAfterSeconds",
                                        pending.retryAfter()
                                                .plusNanos(999_999_999)
                                                .toSeconds()));
            case ConfirmSetup.Outcome.Enabled enabled -> {
                var values = new JsonObject()
                        .put("enabled", true)
                        .put("user", UserView.json(session.identity(), MfaState.ENABLED));
                boolean shownBefore =
                        given.keepShownCodes() && enabled.recoveryCodes().isEmpty();
                if (!shownBefore) {
                    values.put("recoveryCodes", RecoveryOperations.plaintext(enabled.recoveryCodes()));
                }
                yield ownSession.raised(Reply.of("enabled", values), judged);
            }
        };
    }

    private static JsonObject withCodes(JsonObject values, List<RecoveryCode> codes) {
        return codes.isEmpty() ? values : values.put("recoveryCodes", RecoveryOperations.plaintext(codes));
    }

    private Reply removeMethod(Call call) {
        var session = call.caller().session();
        var method = Method.of(call.required("method")).orElseThrow();
        var left = removeMethod.remove(session, method, freshProof(call), call.origin());
        return Reply.of(
                "removed",
                new JsonObject()
                        .put("methods", MethodsView.json(left))
                        .put("user", UserView.json(session.identity(), MfaState.ENABLED)));
    }

    private Reply disable(Call call) {
        var session = call.caller().session();
        disable.disable(session, freshProof(call), call.origin());
        return Reply.of(
                "disabled",
                new JsonObject()
                        .put("enabled", false)
                        .put("user", UserView.json(session.identity(), MfaState.DISABLED)));
    }
}
