package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Brand;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How codes and notices are sent.
 *
 * @param ca certificates in PEM that are trusted in place of the system's
 */
public record MailSettings(Transport transport, Optional<String> ca, Brand brand) {
    @Override
    public String toString() {
        return "MailSettings[" + transport + "]";
    }

    /** The one way that messages go. */
    public sealed interface Transport {}

    /** As mails. */
    public record Smtp(SmtpUrl url, Sender from) implements Transport {
        @Override
        public String toString() {
            return "Smtp[" + url + "]";
        }
    }

    /**
     * As HTTP POST requests.
     *
     * @param url https, or http on this machine
     * @param headers each as it is sent
     * @param body JSON, with gaps in its texts
     * @param timeout for a whole request, at most 10 s
     */
    public record Webhook(URI url, Map<String, String> headers, JsonObject body, Duration timeout)
            implements Transport {
        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofSeconds(10);

        public Webhook {
            headers = Map.copyOf(headers);
            body = body.copy();
            if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("mail.webhook.timeout is from 100ms to 10s");
            }
            WebhookBody.check(body);
        }

        @Override
        public String toString() {
            return "Webhook[hidden]";
        }
    }
}
