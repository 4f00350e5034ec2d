package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The pages of {@code two-factor}: a QR code with the backup codes under it, and cookies alone say whose page it is. It reads the
 * status of an answer first; of a failure it shows {@code message}, and {@code error_description} below. Speaks French unless told
 * otherwise.
 */
public final class TwoFactorFrontend {
    private static final String BASE = "/api/2fa";

    private final Fetch fetch;
    private String message = "";
    private String description = "";
    private String code = "";

    public TwoFactorFrontend(Fetch fetch) {
        this.fetch = fetch;
        fetch.language("fr-FR,fr;q=0.9");
    }

    public void speakEnglish() {
        fetch.language("en-GB,en;q=0.8");
    }

    public Answer setup() {
        return read(fetch.post(BASE + "/setup"));
    }

    public Answer verify(String typed) {
        return read(fetch.post(BASE + "/verify", JsonObject.of("code", typed)));
    }

    public Answer verifyLogin(String typed) {
        return read(fetch.post(BASE + "/verify-login", JsonObject.of("code", typed)));
    }

    public Answer verifyLoginByBackupCode(String typed) {
        return read(fetch.post(BASE + "/verify-login", JsonObject.of("backupCode", typed)));
    }

    /** Both fields of the form as they are, filled in or not. */
    public Answer verifyLogin(String typedCode, String typedBackupCode) {
        return read(
                fetch.post(BASE + "/verify-login", JsonObject.of("code", typedCode, "backupCode", typedBackupCode)));
    }

    public Answer disable() {
        return read(fetch.post(BASE + "/disable"));
    }

    public Answer disable(String typed) {
        return read(fetch.post(BASE + "/disable", JsonObject.of("code", typed)));
    }

    public Answer regenerate() {
        return read(fetch.post(BASE + "/backup-codes/regenerate"));
    }

    public Answer regenerate(String typed) {
        return read(fetch.post(BASE + "/backup-codes/regenerate", JsonObject.of("code", typed)));
    }

    public Answer status() {
        return read(fetch.get(BASE + "/status"));
    }

    /** The codes that an answer brings for the person to keep. */
    public static List<String> backupCodes(Answer answer) {
        return ((JsonArray) answer.json("/backupCodes"))
                .stream().map(String.class::cast).toList();
    }

    /** Of the last failure; empty after a success. */
    public String message() {
        return message;
    }

    public String description() {
        return description;
    }

    public String code() {
        return code;
    }

    private Answer read(Answer answer) {
        boolean failed = answer.status() >= 400;
        message = failed ? answer.string("/message") : "";
        description = failed ? answer.string("/error_description") : "";
        code = failed ? answer.string("/error/code") : "";
        return answer;
    }
}
