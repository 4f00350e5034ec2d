package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Device;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the second factor stands, where one is logged in, and what happened. */
final class SettingsPage implements Page {
    private static final String EVENTS = "15";
    private static final Set<String> DONE =
            Set.of("added", "removed", "disabled", "regenerated", "revoked", "forgotten", "sent");

    private final List<String> offered;

    /** @param offered methods that can be set up, by their wire names */
    SettingsPage(List<String> offered) {
        this.offered = List.copyOf(offered);
    }

    @Override
    public Shown get(Visit visit) {
        return settings(visit, 200, Trouble.NONE);
    }

    @Override
    public Shown post(Visit visit) {
        try {
            return new Go(Paths.SETTINGS + "?done=" + done(visit));
        } catch (Refused refused) {
            var problem = refused.problem();
            return settings(visit, problem.code().status(), Trouble.of(problem));
        }
    }

    /** Does it, and says under which name it is told. */
    private static String done(Visit visit) {
        var id = Map.of("id", visit.field("id"));
        return switch (visit.field("action").orElse("")) {
            case "revoke" -> {
                visit.call("revokeSession", id);
                yield "revoked";
            }
            case "revoke-others" -> {
                visit.call("revokeOtherSessions");
                yield "revoked";
            }
            case "forget" -> {
                visit.call("forgetDevice", id);
                yield "forgotten";
            }
            case "forget-all" -> {
                visit.call("forgetDevices");
                yield "forgotten";
            }
            case "test" -> {
                visit.ofSession().call("sendCode");
                yield "sent";
            }
            default -> throw new Refused(Problem.InvalidRequest.field("action", "is none of this page"));
        };
    }

    private Shown settings(Visit visit, int status, Map<String, Object> problem) {
        var me = visit.call("me").values();
        var mfa = me.getJsonObject("mfa");
        if (mfa.getBoolean("enabled") && !mfa.getBoolean("verified")) {
            return VerifyPage.ofSession(Paths.SETTINGS);
        }
        var enabled =
                mfa.getJsonArray("methods").stream().map(String.class::cast).toList();
        var user = me.getJsonObject("user");
        var model = new HashMap<String, Object>();
        model.put("problem", problem);
        model.put("done", visit.parameter("done").filter(DONE::contains).orElse(""));
        model.put("account", Optional.ofNullable(user.getString("email")).orElse(user.getString("id")));
        model.put("state", mfa.getString("state"));
        model.put("mandatory", mfa.getBoolean("mandatory"));
        model.put("enabled", enabled);
        model.put(
                "addable",
                offered.stream().filter(method -> !enabled.contains(method)).toList());
        model.put("codes", codes(visit, mfa));
        model.put("sessions", list(visit.call("sessions").values(), "sessions"));
        model.put("devices", list(visit.call("devices").values(), "devices"));
        model.put(
                "events",
                list(visit.call("history", Map.of("limit", Optional.of(EVENTS))).values(), "events"));
        return new View("settings", status, model);
    }

    private static Map<String, Object> codes(Visit visit, JsonObject mfa) {
        return mfa.getBoolean("enabled") ? visit.call("recoveryCodes").values().getMap() : Map.of();
    }

    private static List<Map<String, Object>> list(JsonObject values, String name) {
        return values.getJsonArray(name, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(SettingsPage::shown)
                .toList();
    }

    /** With the program and the system of whoever it was, empty where they are not known. */
    private static Map<String, Object> shown(JsonObject one) {
        var device = Device.of(one.getString("userAgent"));
        var model = new HashMap<>(one.getMap());
        model.put("program", device.flatMap(Device::program).orElse(""));
        model.put("system", device.flatMap(Device::system).orElse(""));
        return model;
    }
}
