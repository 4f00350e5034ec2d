package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.TimeUnit;

/** Messages as JSON to a URL that sends them on, for example as SMS. Redirects are not followed. */
public final class WebhookMessenger implements Channel {
    private static final int CONNECTIONS = 16;
    private static final int WAITING = 256;

    private final MailSettings.Webhook webhook;
    private final Brand brand;
    private final LetterWriter writer;
    private final HttpClient client;

    WebhookMessenger(Vertx vertx, MailSettings.Webhook webhook, MailSettings settings) {
        this.webhook = webhook;
        this.brand = settings.brand();
        this.writer = new LetterWriter(brand);
        var options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) webhook.timeout().toMillis())
                .setIdleTimeout((int) webhook.timeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.ca().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    @Override
    public void send(Message message) {
        var body = WebhookBody.of(webhook.body(), message, writer.write(message), brand)
                .toBuffer();
        Delivery.run(webhook.url().getHost(), () -> {
            int status = client.request(options())
                    .compose(request -> status(request, body))
                    .await(webhook.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (status < 200 || status > 299) {
                throw new Delivery.Declined(status);
            }
        });
    }

    private RequestOptions options() {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(webhook.url().toString())
                .setTimeout(webhook.timeout().toMillis())
                .putHeader("Content-Type", "application/json");
        webhook.headers().forEach(options::putHeader);
        return options;
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
