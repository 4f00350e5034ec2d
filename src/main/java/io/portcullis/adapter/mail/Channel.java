package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Messenger;
import io.vertx.core.Vertx;

/** The channel that the settings name. */
public sealed interface Channel extends Messenger, AutoCloseable permits SmtpMailer, WebhookMessenger {
    /** Connects when there is something to send. */
    static Channel open(Vertx vertx, MailSettings settings) {
        return switch (settings.transport()) {
            case MailSettings.Smtp smtp -> new SmtpMailer(vertx, smtp, settings);
            case MailSettings.Webhook webhook -> new WebhookMessenger(vertx, webhook, settings);
        };
    }

    /** Closes what is open between two messages; one on its way may still arrive. */
    @Override
    void close();
}
