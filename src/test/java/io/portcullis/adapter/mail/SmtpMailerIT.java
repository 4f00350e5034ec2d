package io.portcullis.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.mail.MailSettings.Smtp;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Message;
import io.portcullis.testing.LogCapture;
import io.portcullis.testing.MailSink;
import io.portcullis.testing.MailSink.Security;
import io.portcullis.testing.PrivateCa;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real SMTP server. To us, {@code mail.test} is another machine. */
class SmtpMailerIT {
    private static final String ALICE = "alice@example.com";
    private static final Brand BRAND = new Brand("Société 😀", "#0b7285");
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions()
            .setAddressResolverOptions(new AddressResolverOptions()
                    .setHostsValue(Buffer.buffer("127.0.0.1 localhost\n127.0.0.1 mail.test\n"))));

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(10, TimeUnit.SECONDS);
    }

    private static Channel mailer(String url, boolean trusting) {
        try {
            var ca = trusting ? Optional.of(Files.readString(PrivateCa.shared().pem())) : Optional.<String>empty();
            var smtp = new Smtp(SmtpUrl.of(url), Sender.of("Société, Inc. <noreply@admin.example.com>"));
            return Channel.open(VERTX, new MailSettings(smtp, ca, BRAND));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnavailable(Channel mailer) {
        assertThatThrownBy(() -> mailer.send(Messages.code(ALICE))).hasMessage("MAIL_UNAVAILABLE");
    }

    @Test
    void aMailAsItArrives() {
        try (var sink = MailSink.start()) {
            mailer(sink.url(), false)
                    .send(Messages.code(ALICE, Locale.FRENCH, Duration.ofMinutes(10), Messages.FIREFOX));
            var mail = sink.await(ALICE);
            assertThat(mail.subject()).isEqualTo("Votre code de vérification 2FA");
            assertThat(mail.text()).contains("493817", "Société 😀", "Les réponses", "10 minutes");
            assertThat(mail.html()).contains("493817", "Société 😀", "</html>");
            assertThat(mail.headers())
                    .containsEntry("To", ALICE)
                    .containsEntry("From", "=?UTF-8?B?U29jacOpdMOpLCBJbmMu?= <noreply@admin.example.com>")
                    .containsEntry("Auto-Submitted", "auto-generated")
                    .containsEntry("MIME-Version", "1.0")
                    .containsKey("Date");
            assertThat(mail.headers().get("Message-ID")).matches("<[^<>@ ]+@admin\\.example\\.com>");
            assertThat(mail.headers().get("Content-Type")).startsWith("multipart/alternative");
        }
    }

    @Test
    void theSubjectOfACodeIsExactlyThis() {
        try (var sink = MailSink.start()) {
            mailer(sink.url(), false).send(Messages.code(ALICE));
            assertThat(sink.await(ALICE).headers()).containsEntry("Subject", "Your 2FA Verification Code");
        }
    }

    @Test
    void aNoticeArrivesToo() {
        try (var sink = MailSink.start()) {
            mailer(sink.url(), false).send(Messages.notice(Message.Kind.MFA_DISABLED, Locale.ENGLISH, ""));
            assertThat(sink.await(ALICE).subject()).isEqualTo("Two-factor authentication was turned off");
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void aServerOfATrustedAuthorityTakesThePassword(Security security) {
        try (var sink = MailSink.start(security)) {
            var mailer = mailer(sink.url(), true);
            mailer.send(Messages.code(ALICE));
            mailer.send(Messages.code("bob@example.com"));
            assertThat(sink.await(ALICE).text()).contains("493817");
            assertThat(sink.await("bob@example.com").text()).contains("493817");
            assertThat(sink.logins()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void aServerOfAnUnknownAuthorityIsGivenNothing(Security security) {
        try (var sink = MailSink.start(security)) {
            assertUnavailable(mailer(sink.url(), false));
            assertThat(sink.logins()).isZero();
            assertThat(sink.mails()).isEmpty();
        }
    }

    /** Twice: the library checks no host name when options are used again. */
    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "TLS"})
    void aCertificateForAnotherHostIsRefused(Security security) {
        try (var sink = MailSink.start(security)) {
            var mailer = mailer(sink.url("mail.test"), true);
            assertUnavailable(mailer);
            assertUnavailable(mailer);
            assertThat(sink.logins()).isZero();
            assertThat(sink.mails()).isEmpty();
        }
    }

    @Test
    void aPasswordNeverCrossesANetworkInClear() {
        try (var sink = MailSink.start(Security.PLAIN)) {
            assertUnavailable(mailer(sink.url("mail.test"), true));
            assertThat(sink.logins()).isZero();
        }
    }

    @Test
    void withoutAPasswordAServerOnTheNetworkMayHaveNoEncryption() {
        try (var sink = MailSink.start()) {
            mailer(sink.url("mail.test"), false).send(Messages.code(ALICE));
            assertThat(sink.await(ALICE).text()).contains("493817");
        }
    }

    @Test
    void aWrongPasswordIsTriedOnce() {
        try (var sink = MailSink.start(Security.TLS);
                var log = LogCapture.start()) {
            var url = sink.url().replaceFirst(":[^:@]+@", ":wrong-password@");
            assertUnavailable(mailer(url, true));
            assertThat(sink.logins()).isEqualTo(1);
            assertThat(log.text()).contains("535").doesNotContain("wrong-password", ALICE, "493817");
        }
    }

    @Test
    void aServerThatKnowsNoPlainLoginIsLoggedInToItsWay() {
        try (var sink = MailSink.startWithLoginOnly(Security.TLS)) {
            var mailer = mailer(sink.url(), true);
            mailer.send(Messages.code(ALICE));
            mailer.send(Messages.code(ALICE));
            assertThat(sink.mails()).hasSize(2);
            assertThat(sink.logins()).isEqualTo(2);
            assertUnavailable(mailer(sink.url().replaceFirst(":[^:@]+@", ":wrong@"), true));
            assertThat(sink.logins()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatIsDownIsUsedAgainWhenItIsBack() {
        try (var sink = MailSink.start()) {
            var mailer = mailer(sink.url(), false);
            mailer.send(Messages.code(ALICE));
            sink.stop();
            assertUnavailable(mailer);
            sink.restart();
            mailer.send(Messages.code(ALICE));
            assertThat(sink.mails()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "TLS"})
    void aFrozenServerIsToldInTimeAndSendsNothingLater(Security security) {
        try (var sink = MailSink.start(security)) {
            var mailer = mailer(sink.url(), true);
            sink.freeze();
            long begun = System.nanoTime();
            assertUnavailable(mailer);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(11));
            sink.stop(); // it thaws, and every connection ends
            assertThat(sink.mails()).isEmpty();
            sink.restart();
            mailer.send(Messages.code(ALICE));
            assertThat(sink.await(ALICE).text()).contains("493817");
        }
    }

    @Test
    void aRefusedPersonIsToldWithoutAnAddressInTheLog() {
        try (var sink = MailSink.start();
                var log = LogCapture.start()) {
            var mailer = mailer(sink.url(), false);
            sink.refuse(true);
            assertUnavailable(mailer);
            assertThat(log.text()).contains("550").doesNotContain("alice", "493817");
            sink.refuse(false);
            mailer.send(Messages.code(ALICE));
            assertThat(sink.await(ALICE).text()).contains("493817");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@example.com\r\nBcc: eve@example.com",
                "alice@example.com>\r\nRCPT TO:<eve@example.com",
                "alice@example.com, eve@example.com",
                "nobody",
            })
    void whatCanBeNoAddressIsRefusedBeforeAnythingIsSent(String to) {
        try (var sink = MailSink.start()) {
            assertThatThrownBy(() -> mailer(sink.url(), false).send(Messages.code(to)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.problem())
                                    .isEqualTo(Problem.InvalidRequest.field("email", "must be an e-mail address")));
            assertThat(sink.mails()).isEmpty();
        }
    }
}
