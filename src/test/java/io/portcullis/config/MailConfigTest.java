package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.mail.MailSettings;
import io.portcullis.adapter.mail.MailSettings.Smtp;
import io.portcullis.adapter.mail.MailSettings.Webhook;
import io.portcullis.adapter.mail.SmtpUrl;
import io.portcullis.domain.notice.Brand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailConfigTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "a\"b", "NUMBER", "12");

    @TempDir
    Path folder;

    private MailSettings mail(String yaml) {
        return Configs.valid(folder, Configs.LEAST + yaml, ENVIRONMENT).mail().orElseThrow();
    }

    private List<String> problems(String yaml) {
        return Configs.problems(folder, Configs.LEAST + yaml, ENVIRONMENT);
    }

    @Test
    void noneIsNone() {
        assertThat(Configs.valid(folder, Configs.LEAST, Map.of()).mail()).isEmpty();
    }

    @Test
    void aMailServer() {
        var mail = mail("mail: { url: \"smtps://resend:x@smtp.example.com\", from: Acme <a@example.com> }\n");
        assertThat(((Smtp) mail.transport()).url()).isEqualTo(SmtpUrl.of("smtps://resend:x@smtp.example.com:465"));
        assertThat(mail.brand()).isEqualTo(new Brand("Portcullis", "#0b7285"));
        assertThat(mail.ca()).isEmpty();
    }

    @Test
    void aWebhookWithABodyOfAnyShape() {
        var webhook = (Webhook) mail("""
                        mail:
                          webhook:
                            url: https://api.example.com/v1/messages
                            headers: { Authorization: "Bearer ${NUMBER}" }
                            body:
                              to: "{{to}}"
                              type: sms
                              options: { flash: false, retries: 3, price: 0.50, key: "${KEY}", number: "${NUMBER}" }
                              parts: [ { text: "{{text}}" }, x ]
                        """).transport();
        assertThat(webhook.url()).isEqualTo(URI.create("https://api.example.com/v1/messages"));
        assertThat(webhook.headers()).isEqualTo(Map.of("Authorization", "Bearer 12"));
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(webhook.body().encode())
                .isEqualTo(new JsonObject()
                        .put("to", "{{to}}")
                        .put("type", "sms")
                        .put(
                                "options",
                                new JsonObject()
                                        .put("flash", false)
                                        .put("retries", 3)
                                        .put("price", new BigDecimal("0.50"))
                                        .put("key", "a\"b")
                                        .put("number", "12"))
                        .put("parts", JsonArray.of(JsonObject.of("text", "{{text}}"), "x"))
                        .encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 6:7: /mail: give either mail.url, for mails, or mail.webhook, for another channel",
                "{ url: smtp://a } | 6:7: /mail/from: is missing; must be a sender such as Example Admin <noreply@example.com>",
                "{ url: smtp://a, from: nobody } | 6:30: /mail/from: must be an address, or a name and an address: Example Admin <noreply@example.com>",
                "{ url: smtp://a:0, from: a@b } | 6:14: /mail/url: has a port from 1 to 65535",
                "{ url: 'smtp://a@b', from: a@b } | 6:14: /mail/url: must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT, special characters of user and password percent-encoded",
                "{ url: smtp://a, from: a@b, ca: /nowhere.pem } | 6:39: /mail/ca: must be the path of a readable PEM file with certificates",
                "{ url: smtp://a, from: a@b, ca: pom.xml } | 6:39: /mail/ca: must be the path of a readable PEM file with certificates",
                "{ url: smtp://a, from: a@b, brand: { color: red } } | 6:51: /mail/brand/color: must be a colour such as \"#0b7285\", in quotes",
                "{ url: smtp://a, from: a@b, webhook: { url: https://a, body: { t: '{{text}}' } } } | 6:44: /mail/webhook: give either mail.url, for mails, or mail.webhook, for another channel",
            })
    void mails(String mail, String problem) {
        assertThat(problems("mail: " + mail + "\n")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ url: https://a } | 7:12: /mail/webhook/body: is missing; must be a mapping, sent as JSON",
                "{ url: https://a, body: text } | 7:36: /mail/webhook/body: must be a mapping, sent as JSON",
                "{ url: https://a, body: {} } | 7:36: /mail/webhook/body: lacks {{code}} or {{text}}, so no code would arrive",
                "{ url: https://a, body: { a: '{{text}}', b: [ '{{txt}}' ] } } | 7:36: /mail/webhook/body: has a gap that nothing fills; known are: {{to}}, {{code}}, {{minutes}}, {{text}}, {{brand}}, {{kind}}, {{realm}}, {{subject}}",
                "{ url: https://a, body: { a: '{{text}}', b: { c: } } } | 7:60: /mail/webhook/body/b/c: has no value; give one, or leave the key out",
                "{ url: https://a, body: { a: '{{text}}', b: [ '${NONE}' ] } } | 7:58: /mail/webhook/body/b/0: the environment variable NONE is not set; set it, or give a default: ${NONE:-default}",
                "{ url: http://a, body: { a: '{{text}}' } } | 7:19: /mail/webhook/url: must be an https URL, or an http one on localhost",
                "{ url: 'http://localhost.example.com', body: { a: '{{text}}' } } | 7:19: /mail/webhook/url: must be an https URL, or an http one on localhost",
                "{ url: 'http://localhost:80@example.com', body: { a: '{{text}}' } } | 7:19: /mail/webhook/url: must be a URL with a host, without user, password or #; credentials go into headers",
                "{ url: https://a, headers: { 'X Y': a }, body: { a: '{{text}}' } } | 7:41: /mail/webhook/headers/X Y: a name here is made of the characters of a header's name",
                "{ url: https://a, headers: { X: \"a\\nb\" }, body: { a: '{{text}}' } } | 7:44: /mail/webhook/headers/X: must be a text of visible ASCII characters",
                "{ url: https://a, timeout: 11s, body: { a: '{{text}}' } } | 7:39: /mail/webhook/timeout: is from 100ms to 10s",
            })
    void webhooks(String webhook, String problem) {
        assertThat(problems("mail:\n  webhook: " + webhook + "\n")).containsExactly(problem);
    }
}
