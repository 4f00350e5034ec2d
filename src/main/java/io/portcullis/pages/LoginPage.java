package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E-mail and password, the providers there are, and then the code at the same place. */
final class LoginPage implements Page {
    private final boolean takesPasswords;
    private final List<String> providers;
    private final VerifyPage verify;

    LoginPage(boolean takesPasswords, List<String> providers, VerifyPage verify) {
        this.takesPasswords = takesPasswords;
        this.providers = List.copyOf(providers);
        this.verify = verify;
    }

    @Override
    public Shown get(Visit visit) {
        return form(visit, 200, Trouble.NONE, known(visit));
    }

    @Override
    public Shown post(Visit visit) {
        try {
            var came = visit.call("login", Map.of("email", visit.field("email"), "password", visit.field("password")));
            return came.outcome().equals("secondFactorNeeded")
                    ? verify.inLogin(visit, came.values())
                    : admitted(visit, came);
        } catch (Refused refused) {
            return again(visit, refused.problem());
        }
    }

    /** The form once more, with what is wrong. */
    Shown again(Visit visit, Problem problem) {
        return form(visit, problem.code().status(), Trouble.of(problem), "");
    }

    /** Where a login leads that is complete. A backend may hand out what only programs can keep: then this page is of no use. */
    static Shown admitted(Visit visit, Visit.Came came) {
        return came.values().containsKey("bearerToken")
                ? new View("login", 200, Map.of("kept", false, Next.NAME, Next.of(visit)))
                : new Go(Next.of(visit));
    }

    /** The e-mail of whoever is logged in here; empty for nobody. */
    private static String known(Visit visit) {
        if (!visit.carriesCredential()) {
            return "";
        }
        try {
            var user = visit.call("me").values().getJsonObject("user");
            return Optional.ofNullable(user.getString("email")).orElse(user.getString("id"));
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.StoreUnavailable) {
                throw refused;
            }
            return "";
        }
    }

    private View form(Visit visit, int status, Map<String, Object> problem, String known) {
        var model = new HashMap<String, Object>();
        model.put("kept", true);
        model.put("problem", problem);
        model.put("known", known);
        model.put("email", visit.field("email").orElse(""));
        model.put("takesPasswords", takesPasswords);
        model.put("providers", providers);
        model.put(Next.NAME, Next.of(visit));
        return new View("login", status, model);
    }
}
