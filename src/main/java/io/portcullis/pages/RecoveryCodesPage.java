package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.pages.Shown.View;
import io.vertx.core.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New recovery codes in the place of the earlier ones, on a fresh proof; and how codes are shown, once. */
final class RecoveryCodesPage extends ProvedPage {
    RecoveryCodesPage(Digits digits) {
        super("regenerate", digits);
    }

    @Override
    Shown change(Visit visit, Map<String, Optional<String>> proof) {
        var came = visit.call("regenerateRecoveryCodes", proof);
        return shown(came.values().getJsonArray("recoveryCodes"), false, Paths.SETTINGS + "?done=regenerated");
    }

    /** {@code first}: whether they came with the set-up, that is whether it has just been enabled. */
    static View shown(JsonArray codes, boolean first, String next) {
        List<String> texts = codes.stream().map(String.class::cast).toList();
        var file = URLEncoder.encode(String.join("\r\n", texts) + "\r\n", StandardCharsets.UTF_8)
                .replace("+", "%20");
        return new View(
                "codes",
                200,
                Map.of(
                        "codes",
                        texts,
                        "first",
                        first,
                        "file",
                        "data:text/plain;charset=utf-8," + file,
                        Next.NAME,
                        next));
    }
}
