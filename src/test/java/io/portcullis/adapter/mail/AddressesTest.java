package io.portcullis.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.adapter.mail.SmtpUrl.Login;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of people, of senders and of mail servers. */
class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "alice@example.com, alice@example.com",
        "a.l+i'ce@mail.example.co.uk, a.l+i'ce@mail.example.co.uk",
        "root@localhost, root@localhost",
        "alice@bücher.example, alice@xn--bcher-kva.example",
    })
    void anAddress(String text, String address) {
        assertThat(MailAddress.of(text)).contains(new MailAddress(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@example.com",
                "alice@",
                "alice@example.com\r\nBcc: eve@example.com",
                "alice@example.com\n",
                "\nalice@example.com",
                "alice\r@example.com",
                "alice@exam ple.com",
                "a b@example.com",
                "alice@example.com>,<eve@example.com",
                "alice@example.com,eve@example.com",
                "alice@example.com> SIZE=1",
                "Alice <alice@example.com>",
                "alice(x)@example.com",
                "\"a b\"@example.com",
                "alice@@example.com",
                ".alice@example.com",
                "alice@example..com",
                "alice@example.com.",
                "älice@example.com",
                "alice@example.com\0",
                "alice@example.com\u2028x",
                "alicealicealicealicealicealicealicealicealicealicealicealicealice@example.com",
            })
    void noAddress(String text) {
        assertThat(MailAddress.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noreply@example.com | noreply@example.com",
                "<noreply@example.com> | noreply@example.com",
                "Example Admin <noreply@example.com> | \"Example Admin\" <noreply@example.com>",
                "Example, Inc. (Admin) <noreply@example.com> | \"Example, Inc. (Admin)\" <noreply@example.com>",
                "\"Example: Admin\" <noreply@example.com> | \"Example: Admin\" <noreply@example.com>",
                "Société <noreply@example.com> | =?UTF-8?B?U29jacOpdMOp?= <noreply@example.com>",
            })
    void aSender(String text, String header) {
        assertThat(Sender.of(text).header()).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Example", "Example <noreply>", "A\r\nBcc: eve@example.com <noreply@example.com>", "<a@b> <c@d>"
            })
    void noSender(String text) {
        assertThatThrownBy(() -> Sender.of(text)).hasMessageStartingWith("mail.from must be an address");
    }

    @Test
    void aLongSubjectIsFoldedBetweenCharacters() {
        var subject = "é😀".repeat(40);
        assertThat(EncodedWords.text(subject).split("\r\n "))
                .hasSizeGreaterThan(3)
                .allSatisfy(word -> {
                    assertThat(word).hasSizeLessThan(76);
                    assertThat(word).startsWith("=?UTF-8?B?").endsWith("?=");
                });
    }

    @Test
    void aMailServer() {
        assertThat(SmtpUrl.of("smtps://resend:re_123@smtp.resend.com:2465"))
                .isEqualTo(new SmtpUrl("smtp.resend.com", 2465, true, Optional.of(new Login("resend", "re_123"))));
        assertThat(SmtpUrl.of("smtp://a%40b:p%2F+%C3%A9@[::1]:25/").login()).contains(new Login("a@b", "p/+é"));
    }

    @ParameterizedTest
    @CsvSource({"smtp://relay, 25", "smtp://u:p@relay, 587", "smtps://relay, 465", "smtps://u:p@relay, 465"})
    void thePortThatGoesWithoutSaying(String url, int port) {
        assertThat(SmtpUrl.of(url).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://relay",
                "smtp://",
                "smtp://user@relay",
                "smtp://u:secret@x@relay",
                "smtp://u:secret/x@relay",
                "smtp://relay:0",
                "smtp://relay:70000",
                "smtp://u:secret%zz@relay",
                "smtp://u:secret%0d%0a@relay",
                "smtp://relay/path",
                "smtp://re lay",
            })
    void noMailServerAndNoWordOfItInTheMessage(String url) {
        assertThatThrownBy(() -> SmtpUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mail.url ")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.8.9.10, true",
        "[::1], true",
        "relay, false",
        "localhost.example.com, false",
        "127.0.0.1.example.com, false",
        "10.0.0.1, false",
    })
    void whatStaysOnThisMachine(String host, boolean loopback) {
        assertThat(SmtpUrl.of("smtp://" + host).loopback()).isEqualTo(loopback);
    }

    @Test
    void noPasswordIsPrinted() {
        var url = SmtpUrl.of("smtps://resend:re_123@smtp.resend.com");
        assertThat(url).hasToString("SmtpUrl[smtp.resend.com:465]");
        assertThat(url.login().orElseThrow()).hasToString("Login[hidden]");
    }
}
