package io.portcullis.pages;

import io.portcullis.api.QrCodePng;
import io.portcullis.api.Visit;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.NextPath;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sets up the second factor: first, or one more. It shows the state that it finds. */
final class SetupPage implements Page {
    private static final Pattern SECRET = Pattern.compile("[A-Z2-7]{16,128}");
    private static final Pattern OTPAUTH = Pattern.compile("otpauth://totp/[\\x21-\\x7e]{1,1000}");

    private final List<String> offered;
    private final Digits digits;
    private final boolean qr;

    /** @param offered methods that can be set up, by their wire names */
    SetupPage(List<String> offered, Digits digits, boolean qr) {
        this.offered = List.copyOf(offered);
        this.digits = digits;
        this.qr = qr;
    }

    @Override
    public Shown get(Visit visit) {
        return found(visit, 200, Trouble.NONE);
    }

    @Override
    public Shown post(Visit visit) {
        try {
            return switch (visit.field("action").orElse("")) {
                case "start" -> start(visit);
                case "resume" -> resumed(visit, 200, Trouble.NONE, Map.of());
                case "send" ->
                    resumed(
                            visit,
                            200,
                            Trouble.NONE,
                            visit.ofSession().call("sendCode").values().getMap());
                case "confirm" -> confirm(visit);
                case "saved" -> new Go(Next.of(visit));
                default -> get(visit);
            };
        } catch (Refused refused) {
            return again(visit, refused.problem());
        }
    }

    /** The state that the account is in, and what can be done from there. */
    private View found(Visit visit, int status, Map<String, Object> problem) {
        var mfa = visit.call("status").values();
        var enabled =
                mfa.getJsonArray("methods").stream().map(String.class::cast).toList();
        var model = model(visit, problem);
        model.put("step", "state");
        model.put("state", mfa.getString("state"));
        model.put("verified", mfa.getBoolean("verified"));
        model.put("mandatory", mfa.getBoolean("mandatory"));
        model.put("enabled", enabled);
        model.put(
                "addable",
                offered.stream().filter(method -> !enabled.contains(method)).toList());
        model.put(
                "running",
                running(visit).map(setup -> setup.getString("method")).orElse(""));
        return new View("setup", status, model);
    }

    private static Optional<JsonObject> running(Visit visit) {
        try {
            return Optional.of(visit.call("runningSetup").values());
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.SetupNotStarted) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Shown start(Visit visit) {
        var came = visit.call("startSetup", Map.of("method", visit.field("method")));
        var values = came.values();
        var model = model(visit, Trouble.NONE);
        if (came.outcome().equals("codeSent")) {
            return email(visit, 200, Trouble.NONE, values.getMap());
        }
        return app(
                model,
                200,
                values.getString("secret"),
                values.getString("otpauthUrl"),
                values.containsKey("emailCode"));
    }

    /** The code field of the set-up under way. Its secret is shown again only to a browser that still has it. */
    private Shown resumed(Visit visit, int status, Map<String, Object> problem, Map<String, Object> sent) {
        var running = running(visit);
        if (running.isEmpty()) {
            return found(visit, status, problem);
        }
        return running.get().getString("method").equals("email")
                ? email(visit, status, problem, sent)
                : app(
                        model(visit, problem),
                        status,
                        visit.field("secret")
                                .filter(text -> SECRET.matcher(text).matches())
                                .orElse(""),
                        visit.field("otpauthUrl")
                                .filter(text -> OTPAUTH.matcher(text).matches())
                                .orElse(""),
                        visit.field("needsEmailCode").isPresent());
    }

    private View app(Map<String, Object> model, int status, String secret, String otpauthUrl, boolean needsEmailCode) {
        model.put("step", "app");
        model.put("method", "totp");
        model.put("secret", secret);
        model.put("resumed", secret.isEmpty());
        model.put("otpauthUrl", otpauthUrl);
        model.put("qr", qr && !otpauthUrl.isEmpty() ? QrCodePng.dataUrl(otpauthUrl) : "");
        model.put("needsEmailCode", needsEmailCode);
        model.put("digits", digits.app());
        return new View("setup", status, model);
    }

    private View email(Visit visit, int status, Map<String, Object> problem, Map<String, Object> sent) {
        var model = model(visit, problem);
        model.put("step", "email");
        model.put("method", "email");
        model.put("resumed", false);
        model.put("sent", sent);
        model.put("digits", digits.email());
        return new View("setup", status, model);
    }

    private Shown confirm(Visit visit) {
        var came =
                visit.call("confirmSetup", Map.of("code", visit.field("code"), "emailCode", visit.field("emailCode")));
        var codes = came.values().getJsonArray("recoveryCodes");
        return codes == null || codes.isEmpty()
                ? new Go(Paths.SETTINGS + "?done=added")
                : RecoveryCodesPage.shown(codes, true, Next.of(visit));
    }

    private Shown again(Visit visit, Problem problem) {
        return switch (problem) {
            // Verifying makes the session fresh, and leads back here.
            case Problem.ReauthenticationRequired stale ->
                VerifyPage.ofSession(NextPath.on(Paths.SETUP, Next.of(visit)));
            case Problem.SetupNotStarted over -> found(visit, over.code().status(), Trouble.of(over));
            case Problem.AlreadyEnabled done -> found(visit, done.code().status(), Trouble.of(done));
            default -> resumed(visit, problem.code().status(), Trouble.of(problem), Map.of());
        };
    }

    private static Map<String, Object> model(Visit visit, Map<String, Object> problem) {
        var model = new HashMap<String, Object>();
        model.put("problem", problem);
        model.put(Next.NAME, Next.of(visit));
        return model;
    }
}
