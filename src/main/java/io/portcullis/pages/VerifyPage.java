package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.NextPath;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The second factor, of a login in progress or of a session that has one factor so far. */
final class VerifyPage implements Page {
    private static final String RECOVERING = "recovering";
    static final String FOR = "for";
    static final String SESSION = "session";

    private final LoginCookie loginCookie;
    private final Digits digits;
    private final boolean remembersDevices;
    private final Duration resendAfter;

    VerifyPage(LoginCookie loginCookie, Digits digits, boolean remembersDevices, Duration resendAfter) {
        this.loginCookie = loginCookie;
        this.digits = digits;
        this.remembersDevices = remembersDevices;
        this.resendAfter = resendAfter;
    }

    /** Whose second factor it is. */
    private record Asked(boolean login, List<String> methods) {}

    /** Leads here for the session alone, whatever login this browser has in progress besides, and then on. */
    static Go ofSession(String next) {
        return new Go(NextPath.on(Paths.VERIFY, next) + "&" + FOR + "=" + SESSION);
    }

    private static boolean isOfSession(Visit visit) {
        return visit.field(FOR)
                .or(() -> visit.parameter(FOR))
                .filter(SESSION::equals)
                .isPresent();
    }

    @Override
    public Shown get(Visit given) {
        var visit = isOfSession(given) ? given.ofSession() : given;
        var asked = asked(visit);
        return asked.isEmpty()
                ? new Go(NextPath.on(Paths.SETUP, Next.of(visit)))
                : form(visit, asked.get(), 200, Trouble.NONE, Map.of());
    }

    @Override
    public Shown post(Visit given) {
        var visit = isOfSession(given) ? given.ofSession() : given;
        try {
            return visit.field("action").filter("send"::equals).isPresent() ? send(visit) : verify(visit);
        } catch (Refused refused) {
            return again(visit, refused.problem());
        }
    }

    /** The code step of a login that has just begun; the code of whoever has no other method is on its way. */
    View inLogin(Visit visit, JsonObject needed) {
        var asked = new Asked(true, texts(needed.getJsonArray("methods")));
        return form(visit, asked, 200, Trouble.NONE, Map.of());
    }

    private Shown verify(Visit visit) {
        var came = visit.call(
                "verify",
                Map.of(
                        "code",
                        visit.field("code"),
                        "rememberDevice",
                        visit.field("remember").map(checked -> "true")));
        var remaining = came.values().getInteger("recoveryCodesRemaining");
        if (remaining != null) {
            return new View("recovery-used", 200, Map.of("remaining", remaining, Next.NAME, Next.of(visit)));
        }
        return LoginPage.admitted(visit, came);
    }

    private Shown send(Visit visit) {
        var sent = visit.call("sendCode").values();
        var asked = asked(visit).orElseThrow(() -> new Refused(new Problem.SetupNotStarted()));
        return form(visit, asked, 200, Trouble.NONE, sent.getMap());
    }

    /** The form once more with what is wrong; a login that is over, perhaps by this very code, begins anew. */
    private Shown again(Visit visit, Problem problem) {
        boolean ended = visit.carriesLogin() && inProgress(visit).isEmpty();
        if (ended || problem.action() == Action.RESTART_LOGIN) {
            return over(visit, problem);
        }
        var trouble = new HashMap<>(Trouble.of(problem));
        if (visit.field(RECOVERING).isPresent() && "code".equals(trouble.get("field"))) {
            trouble.put("field", "recovery"); // that code has a field of its own
        }
        return asked(visit)
                .<Shown>map(asked -> form(visit, asked, problem.code().status(), trouble, Map.of()))
                .orElseGet(() -> new Go(NextPath.on(Paths.SETUP, Next.of(visit))));
    }

    private View over(Visit visit, Problem problem) {
        visit.set(loginCookie.cleared());
        return new View(
                "login-over",
                problem.code().status(),
                Map.of("problem", Trouble.of(problem), Next.NAME, Next.of(visit)));
    }

    /** Empty where nothing is enabled that could be verified. A cookie of a login that is over is taken away. */
    private Optional<Asked> asked(Visit visit) {
        if (visit.carriesLogin()) {
            var login = inProgress(visit);
            if (login.isPresent()) {
                return login;
            }
            visit.set(loginCookie.cleared());
        }
        var mfa = visit.call("status").values();
        return mfa.getBoolean("enabled")
                ? Optional.of(new Asked(false, texts(mfa.getJsonArray("methods"))))
                : Optional.empty();
    }

    private static Optional<Asked> inProgress(Visit visit) {
        try {
            var pending = visit.call("pendingLogin").values();
            return Optional.of(new Asked(true, texts(pending.getJsonArray("methods"))));
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.TokenInvalid) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private View form(Visit visit, Asked asked, int status, Map<String, Object> problem, Map<String, Object> sent) {
        boolean app = asked.methods().contains("totp");
        boolean email = asked.methods().contains("email");
        var model = new HashMap<String, Object>();
        model.put("problem", problem);
        model.put("login", asked.login());
        model.put("app", app);
        model.put("email", email);
        model.put(FOR, isOfSession(visit) ? SESSION : "");
        model.put("digits", digits.of(app, email));
        model.put("remembers", remembersDevices);
        boolean mailed = asked.login() && email && !app && problem.isEmpty();
        model.put("mailed", mailed);
        model.put("wait", sent.getOrDefault("resendAfter", mailed ? resendAfter.toSeconds() : 0));
        model.put("sent", sent);
        model.put("recovering", visit.field(RECOVERING).isPresent());
        model.put(Next.NAME, Next.of(visit));
        return new View("verify", status, model);
    }
}
