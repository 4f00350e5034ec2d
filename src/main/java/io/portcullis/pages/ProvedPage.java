package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.domain.error.Refused;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A change that asks whether it is meant, and for a code where the last one was given too long ago. */
abstract class ProvedPage implements Page {
    private final String change;
    private final Digits digits;

    /** @param change what its words begin with */
    ProvedPage(String change, Digits digits) {
        this.change = change;
        this.digits = digits;
    }

    /** Makes it. */
    abstract Shown change(Visit visit, Map<String, Optional<String>> proof);

    @Override
    public final Shown get(Visit visit) {
        var mfa = visit.call("status").values();
        if (!mfa.getBoolean("enabled")) {
            return new Go(Paths.SETTINGS);
        }
        return mfa.getBoolean("verified")
                ? question(visit, 200, Trouble.NONE, Map.of())
                : VerifyPage.ofSession(Paths.SETTINGS);
    }

    @Override
    public final Shown post(Visit visit) {
        try {
            return visit.field("action").filter("send"::equals).isPresent()
                    ? question(
                            visit,
                            200,
                            Trouble.NONE,
                            visit.ofSession().call("sendCode").values().getMap())
                    : change(visit, Map.of("code", visit.field("code")));
        } catch (Refused refused) {
            var problem = refused.problem();
            return question(visit, problem.code().status(), Trouble.of(problem), Map.of());
        }
    }

    private View question(Visit visit, int status, Map<String, Object> problem, Map<String, Object> sent) {
        var mfa = visit.call("status").values();
        var methods = mfa.getJsonArray("methods");
        var model = new HashMap<String, Object>();
        model.put("change", change);
        model.put("problem", problem);
        model.put(
                "method",
                visit.parameter("method")
                        .or(() -> visit.field("method"))
                        .filter(methods::contains) // of any other there is nothing to ask
                        .orElse(""));
        model.put("locksOut", change.equals("disable") && mfa.getBoolean("mandatory"));
        model.put("sent", sent);
        model.put("wait", sent.getOrDefault("resendAfter", 0));
        model.put("email", methods.contains("email"));
        model.put("digits", digits.of(methods.contains("totp"), methods.contains("email")));
        return new View("confirm", status, model);
    }
}
