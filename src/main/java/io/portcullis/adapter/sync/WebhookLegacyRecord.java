package io.portcullis.adapter.sync;

import io.portcullis.domain.legacy.LegacyChange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Each change as a signed JSON document to a URL; a 2xx answer means that it was taken. Redirects are not followed. A
 * delivery may come twice, also after later ones when this process stood still in between: whoever receives them drops an
 * {@code id} that is not higher than the account's last.
 */
public final class WebhookLegacyRecord implements OpenRecord {
    private static final int DEADLINE_MILLIS = 5000;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 64;
    private static final String HMAC = "HmacSHA256";

    /** A proxy in front of one that is down says so, and a busy one that it will do later. */
    private static final Set<Integer> NO_ANSWER = Set.of(429, 502, 503, 504);

    private final HttpClient client;
    private final URI url;
    private final SecretKeySpec key;

    WebhookLegacyRecord(Vertx vertx, SyncSettings.Webhook settings) {
        url = settings.webhook();
        key = new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), HMAC);
        var options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(DEADLINE_MILLIS)
                .setIdleTimeout(DEADLINE_MILLIS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    @Override
    public Outcome set(LegacyChange change) {
        var body = body(change);
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .setTimeout(DEADLINE_MILLIS)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Portcullis-Signature", signature(body.getBytes()));
        int status;
        try {
            status = client.request(options)
                    .compose(request -> status(request, body))
                    .await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Throwable failure) { // await() throws whatever the future failed with
            return Failures.of(failure);
        }
        if (status >= 200 && status <= 299) {
            return new Outcome.Done();
        }
        var reason = "HTTP status " + status;
        return NO_ANSWER.contains(status) ? new Outcome.NoAnswer(reason) : new Outcome.Rejected(reason);
    }

    private static Buffer body(LegacyChange change) {
        return new JsonObject()
                .put("id", change.id())
                .put("realm", change.account().realm())
                .put("subject", change.account().subject())
                .put("twoFAEnabled", change.enabled())
                .put("state", change.enabled() ? "ENABLED" : "DISABLED")
                .put("occurredAt", change.at().toString())
                .toBuffer();
    }

    /** HMAC-SHA256 (RFC 2104) of the body, in lower-case hex. */
    private String signature(byte[] body) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /** Only that: what else the answer has is not waited for. */
    private static Future<Integer> status(HttpClientRequest request, Buffer body) {
        return request.send(body).map(response -> {
            request.connection().close();
            return response.statusCode();
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
