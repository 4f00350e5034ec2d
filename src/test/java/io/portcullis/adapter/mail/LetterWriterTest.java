package io.portcullis.adapter.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Device;
import io.portcullis.domain.notice.Message;
import io.portcullis.domain.notice.Message.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LetterWriterTest {
    private final LetterWriter writer = new LetterWriter(new Brand("Acme <Admin>", "#0b7285"));

    @Test
    void aCodeInEnglish() {
        var letter = writer.write(Messages.code("alice@example.com"));
        assertThat(letter.subject()).isEqualTo("Your 2FA Verification Code");
        for (var part : new String[] {letter.text(), letter.html()}) {
            assertThat(part)
                    .contains("493817")
                    .contains("within 10 minutes")
                    .contains("21 November 2026, 15:36 UTC")
                    .contains("203.0.113.9")
                    .contains("Firefox on Linux")
                    .contains("You did not ask for a code?");
        }
        assertThat(letter.brief())
                .isEqualTo("Acme <Admin>: your verification code is 493817."
                        + " It can be used once, within 10 minutes. Give it to nobody.");
    }

    @Test
    void aCodeInFrench() {
        var letter = writer.write(
                Messages.code("alice@example.com", Locale.CANADA_FRENCH, Duration.ofSeconds(90), Messages.FIREFOX));
        assertThat(letter.subject()).isEqualTo("Votre code de vérification 2FA");
        for (var part : new String[] {letter.text(), letter.html()}) {
            assertThat(part)
                    .contains("493817")
                    .contains("pendant 1 minute.")
                    .contains("21 novembre 2026 à 15:36 UTC")
                    .contains("Firefox sur Linux");
        }
        assertThat(letter.html()).contains("<html lang=\"fr\">");
    }

    @Test
    void anotherLanguageIsEnglish() {
        var letter = writer.write(Messages.code("a@example.com", Locale.GERMAN, Duration.ofMinutes(10), ""));
        assertThat(letter.subject()).isEqualTo("Your 2FA Verification Code");
        assertThat(letter.html()).contains("<html lang=\"en\">");
    }

    private static final Set<Kind> WITHOUT_DETAIL = EnumSet.of(
            Kind.MFA_DISABLED, Kind.NEW_CLIENT, Kind.MFA_RESET, Kind.DEVICE_REMEMBERED, Kind.SUSPICIOUS_LOGIN);

    @ParameterizedTest
    @MethodSource("noticesInBothLanguages")
    void aNoticeSaysWhatWhenWhereAndWhatToDo(Kind kind, Locale language) {
        boolean detailed = !WITHOUT_DETAIL.contains(kind);
        var letter = writer.write(Messages.notice(kind, language, detailed ? "<7> & more" : ""));
        assertThat(letter.subject()).isEqualTo(Texts.get(language, kind + ".subject"));
        var what = Texts.get(language, kind + ".what").replace("{brand}", "Acme <Admin>");
        var advice = Texts.get(language, kind + ".advice");
        assertThat(letter.text())
                .contains(what)
                .contains(advice)
                .contains(detailed ? Texts.get(language, kind + ".detail") + ": <7> & more" : "")
                .contains("15:36 UTC")
                .contains("203.0.113.9")
                .contains("Firefox");
        assertThat(letter.html())
                .contains("Acme &lt;Admin&gt;")
                .contains(advice.replace("'", "&#39;"))
                .contains(detailed ? "&lt;7&gt; &amp; more" : "")
                .contains("15:36 UTC")
                .doesNotContain("<7>");
        assertThat(letter.brief()).isEqualTo(what + " " + advice);
    }

    static Stream<Arguments> noticesInBothLanguages() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.of(Locale.ENGLISH, Locale.FRENCH).map(one -> Arguments.of(kind, one)));
    }

    @Test
    void theBrandIsEscapedInThePageAndPlainInTheText() {
        var letter = writer.write(Messages.code("alice@example.com"));
        assertThat(letter.html()).contains("Acme &lt;Admin&gt;").doesNotContain("<Admin>");
        assertThat(letter.text()).contains("Acme <Admin>");
    }

    @Test
    void theWordsOfAStrangerDoNotReachThePerson() {
        var userAgent = "Visit https://evil.example now Chrome/1 <script>alert(1)</script>";
        var letter =
                writer.write(Messages.code("alice@example.com", Locale.ENGLISH, Duration.ofMinutes(10), userAgent));
        assertThat(letter.text() + letter.html()).contains("Chrome").doesNotContain("evil", "script");
    }

    @Test
    void aDetailStaysOnItsLine() {
        var letter = writer.write(Messages.notice(
                Kind.MFA_ENABLED, Locale.ENGLISH, "by bob\r\n\r\nNew paragraph \u202egpj.exe" + "x".repeat(999)));
        assertThat(letter.text().lines().filter(line -> line.contains("by bob")))
                .singleElement()
                .asString()
                .contains("by bob New paragraph gpj.exe")
                .hasSizeLessThan(250);
    }

    @Test
    void gapsInWhatIsFilledInStayAsTheyAre() {
        var letter = writer.write(Messages.notice(Kind.MFA_ENABLED, Locale.ENGLISH, "{color} {body}"));
        assertThat(letter.html()).contains("{color} {body}");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        var known = Messages.code("alice@example.com");
        var letter = writer.write(new Message.Code(
                known.account(), known.to(), known.code(), known.life(), known.language(), known.at(), "", " "));
        assertThat(letter.text()).doesNotContain("Network address", "Device").contains("When");
    }

    @Test
    void thePageIsReadableInTheDarkAndWithoutImages() {
        var html = writer.write(Messages.code("alice@example.com")).html();
        assertThat(html)
                .contains("<meta name=\"color-scheme\" content=\"light dark\">")
                .contains("@media (prefers-color-scheme: dark)")
                .doesNotContain("<img", "url(", "href", "src=", "http");
    }

    @Test
    void theCodeIsLargeAndInTheMiddle() {
        var html = writer.write(Messages.code("alice@example.com")).html();
        var code = html.substring(html.lastIndexOf("<p", html.indexOf("493817")), html.indexOf("493817"));
        assertThat(code).contains("text-align:center", "font-size:34px");
    }

    @ParameterizedTest
    @CsvSource({
        "#0b7285, #ffffff",
        "#000000, #ffffff",
        "#ff0000, #000000",
        "#0000ff, #ffffff",
        "#ffe066, #000000",
        "#ffffff, #000000",
        "#767676, #000000",
        "#6a6a6a, #ffffff",
    })
    void whatStandsOnTheColourOfTheBrandIsReadable(String color, String onColor) {
        assertThat(new Brand("Acme", color).onColor()).isEqualTo(onColor);
        assertThat(new LetterWriter(new Brand("Acme", color))
                        .write(Messages.code("alice@example.com"))
                        .html())
                .contains("background-color:" + color + ";color:" + onColor);
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(Texts.bundle(Locale.FRENCH).keySet())
                .isEqualTo(Texts.bundle(Locale.ENGLISH).keySet());
        for (var key : Texts.bundle(Locale.ENGLISH).keySet()) {
            assertThat(Texts.get(Locale.FRENCH, key)).as(key).isNotBlank();
        }
    }

    @Test
    void messagesPrintThemselvesHidden() {
        assertThat(Messages.code("alice@example.com")).hasToString("Code[hidden]");
        assertThat(Messages.notice(Kind.MFA_RESET, Locale.ENGLISH, "x")).hasToString("Notice[MFA_RESET]");
        assertThat(writer.write(Messages.code("alice@example.com"))).hasToString("Letter[hidden]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0 | Edge on Windows",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 | Chrome on Android",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605 | Safari on macOS",
                "curl/8.5.0 | curl",
                "Something (Linux) | an unknown program on Linux",
                "Something | an unknown program",
            })
    void aUserAgentInWords(String userAgent, String device) {
        assertThat(Device.of(userAgent).map(known -> LetterWriter.words(Locale.ENGLISH, known)))
                .contains(device);
    }
}
