package io.portcullis.config;

import io.portcullis.adapter.mail.MailSettings;
import io.portcullis.adapter.mail.MailSettings.Smtp;
import io.portcullis.adapter.mail.MailSettings.Transport;
import io.portcullis.adapter.mail.MailSettings.Webhook;
import io.portcullis.adapter.mail.Sender;
import io.portcullis.adapter.mail.SmtpUrl;
import io.portcullis.domain.notice.Brand;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code mail}. */
final class MailBinder {
    private final Value root;
    private final Value mail;
    private final Problems problems;

    MailBinder(Value root, Problems problems) {
        this.root = root;
        this.mail = root.at("mail");
        this.problems = problems;
    }

    /** Empty when there is none, or a faulty one. */
    Optional<MailSettings> settings() {
        if (!mail.given() || !mail.readable()) {
            return Optional.empty();
        }
        var transport = transport();
        var brand = brand();
        var ca = SourceUrl.authority(mail.at("ca"), problems);
        return transport.isEmpty() || brand.isEmpty()
                ? Optional.empty()
                : Optional.of(new MailSettings(transport.get(), ca, brand.get()));
    }

    private Optional<? extends Transport> transport() {
        var url = mail.at("url");
        var webhook = mail.at("webhook");
        if (url.given() == webhook.given()) {
            problems.add(
                    url.given() ? webhook : mail,
                    "give either mail.url, for mails, or mail.webhook, for another channel");
            return Optional.empty();
        }
        return url.given() ? smtp(url) : webhook(webhook);
    }

    private Optional<Smtp> smtp(Value url) {
        if (!mail.at("from").given()) {
            problems.add(
                    mail.place(),
                    mail.at("from").pointer(),
                    "is missing; must be a sender such as Example Admin <noreply@example.com>");
        }
        var server = problems.settings(root, mail, () -> SmtpUrl.of(url.text()));
        var from = problems.settings(root, mail, () -> Sender.of(mail.at("from").text()));
        return server.flatMap(one -> from.map(sender -> new Smtp(one, sender)));
    }

    private Optional<Webhook> webhook(Value webhook) {
        if (mail.at("from").given()) {
            problems.add(mail.at("from"), "is the sender of mails; a webhook has none, leave it out");
        }
        var url = webhook.at("url").optionalText().flatMap(text -> url(webhook.at("url"), text));
        return url.flatMap(address -> problems.settings(
                root,
                webhook,
                () -> new Webhook(
                        address,
                        headers(webhook.at("headers")),
                        (JsonObject) webhook.at("body").json(),
                        webhook.at("timeout").duration())));
    }

    private Optional<URI> url(Value value, String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException noUrl) {
            // told below
        }
        problems.add(value, "must be a URL with a host, without user, password or #; credentials go into headers");
        return Optional.empty();
    }

    private static Map<String, String> headers(Value headers) {
        var texts = new LinkedHashMap<String, String>();
        headers.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private Optional<Brand> brand() {
        var brand = mail.at("brand");
        return problems.settings(
                root,
                brand,
                () -> new Brand(brand.at("name").text(), brand.at("color").text()));
    }
}
