package io.portcullis.api;

import io.portcullis.api.Parameter.Form;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.Caller;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.mfa.RecoveryCode;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.session.Level;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** {@code status}, {@code me}, {@code startSetup}, {@code confirmSetup}, {@code disable}. */
public final class MfaOperations {
    private final StartSetup startSetup;
    private final ConfirmSetup confirmSetup;
    private final Disable disable;
    private final MfaSettings settings;

    public MfaOperations(StartSetup startSetup, ConfirmSetup confirmSetup, Disable disable, MfaSettings settings) {
        this.startSetup = startSetup;
        this.confirmSetup = confirmSetup;
        this.disable = disable;
        this.settings = settings;
    }

    List<Operation> all() {
        return List.of(
                new Operation("status", List.of(), call -> Reply.of(status(call.caller()))),
                new Operation("me", List.of(), this::me),
                new Operation("startSetup", List.of(Parameter.optional("method", Form.SETUP_METHOD)), this::startSetup),
                new Operation(
                        "confirmSetup",
                        List.of(
                                Parameter.optional("code", Form.DIGITS),
                                Parameter.optional("enrollmentToken", Form.TEXT)),
                        this::confirmSetup),
                new Operation(
                        "disable",
                        List.of(Parameter.optional("code", Form.CODE), Parameter.optional("password", Form.TEXT)),
                        this::disable));
    }

    private JsonObject status(Caller caller) {
        var standing = caller.standing();
        return new JsonObject()
                .put("state", standing.state().name())
                .put("enabled", standing.state() == MfaState.ENABLED)
                .put(
                        "methods",
                        new JsonArray(standing.methods().stream()
                                .sorted()
                                .map(Method::wire)
                                .toList()))
                .put("verified", caller.session().level() == Level.TWO_FACTOR)
                .put("recoveryCodesRemaining", standing.recoveryCodesRemaining())
                .put(
                        "mandatory",
                        caller.session()
                                .identity()
                                .role()
                                .filter(settings.mandatoryRoles()::contains)
                                .isPresent());
    }

    private Reply me(Call call) {
        var caller = call.caller();
        var session = caller.session();
        return Reply.of(new JsonObject()
                .put("user", UserView.json(session.identity(), caller.standing().state()))
                .put("mfa", status(caller))
                .put(
                        "session",
                        new JsonObject()
                                .put("id", session.fingerprint().publicId())
                                .put("createdAt", session.createdAt().toString())
                                .put("expiresAt", session.expiresAt().toString())
                                .put("level", session.level().wire())
                                .put("amr", new JsonArray(session.amr()))
                                .put(
                                        "verifiedAt",
                                        session.verifiedAt()
                                                .map(Instant::toString)
                                                .orElse(null))));
    }

    private Reply startSetup(Call call) {
        var started = startSetup.start(call.caller().session(), call.origin());
        var values = new JsonObject()
                .put("secret", started.key().base32())
                .put("otpauthUrl", started.otpauthUrl())
                .put("expiresIn", started.expiresIn().toSeconds());
        if (settings.totp().qr()) {
            values.put("qrCodeDataUrl", QrCodePng.dataUrl(started.otpauthUrl()));
        }
        return Reply.of(values);
    }

    private Reply confirmSetup(Call call) {
        var session = call.caller().session();
        var code = call.optional("code").map(Parameter::withoutSpaces);
        if (code.isEmpty() && call.optional("enrollmentToken").isPresent()) {
            throw new Refused(new Problem.SetupNotStarted()); // set-ups hand out no enrolment token, so none is right
        }
        var given = code.orElseThrow(() -> new Refused(Problem.InvalidRequest.field("code", "is missing")));
        var recoveryCodes = confirmSetup.confirm(session, given, call.origin());
        return Reply.of(new JsonObject()
                .put("enabled", true)
                .put("user", UserView.json(session.identity(), MfaState.ENABLED))
                .put(
                        "recoveryCodes",
                        new JsonArray(recoveryCodes.stream()
                                .map(RecoveryCode::plaintext)
                                .toList())));
    }

    private Reply disable(Call call) {
        var session = call.caller().session();
        disable.disable(
                session, call.optional("code").map(Parameter::withoutSpaces), call.optional("password"), call.origin());
        return Reply.of(new JsonObject()
                .put("enabled", false)
                .put("user", UserView.json(session.identity(), MfaState.DISABLED)));
    }
}
