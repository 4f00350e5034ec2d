package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.vertx.core.json.JsonObject;

/**
 * The settings and the login page of {@code admin-email}: codes come by mail, and cookies alone say whose page it is. It reads
 * {@code success} first; of a failure it shows {@code message} and goes on by {@code error.action}.
 */
public final class AdminEmailFrontend {
    private static final String BASE = "/api/admin/auth/2fa";

    private final Fetch fetch;
    private String message = "";
    private String code = "";
    private String action = "";

    public AdminEmailFrontend(Fetch fetch) {
        this.fetch = fetch;
    }

    public Answer enable() {
        return read(fetch.post(BASE + "/enable"));
    }

    /** The same button, after the code was typed beside it. */
    public Answer enable(String typed) {
        return read(fetch.post(BASE + "/enable", JsonObject.of("code", typed)));
    }

    public Answer sendCode() {
        return read(fetch.post(BASE + "/send-code"));
    }

    public Answer verifyCode(String typed) {
        return read(fetch.post(BASE + "/verify-code", JsonObject.of("code", typed)));
    }

    public Answer disable() {
        return read(fetch.post(BASE + "/disable"));
    }

    public Answer disable(String typed) {
        return read(fetch.post(BASE + "/disable", JsonObject.of("code", typed)));
    }

    public Answer status() {
        return read(fetch.get(BASE + "/status"));
    }

    /** The message in the page's box: of the last success that had one, or of the failure. */
    public String message() {
        return message;
    }

    /** Of the last failure; empty after a success. */
    public String code() {
        return code;
    }

    /** What the page does next; empty after a success. */
    public String action() {
        return action;
    }

    private Answer read(Answer answer) {
        var data = answer.json();
        boolean success = data.getBoolean("success");
        if (success == (answer.status() >= 400)) {
            throw new AssertionError("success and status disagree: " + answer);
        }
        message = success ? data.getString("message", "") : answer.string("/message");
        code = success ? "" : answer.string("/error/code");
        action = success ? "" : answer.string("/error/action");
        return answer;
    }
}
