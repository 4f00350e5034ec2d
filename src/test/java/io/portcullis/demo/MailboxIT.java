package io.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails by real SMTP, read as a browser and as curl would. */
class MailboxIT {
    private static final Logger SERVER = Logger.getLogger("org.subethamail"); // kept, else its level is forgotten

    private static HttpClient client;

    private Mailbox mailbox;
    private Session session;

    @BeforeAll
    static void openClient() {
        client = HttpClient.newHttpClient();
        SERVER.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void closeClient() {
        client.close();
    }

    @BeforeEach
    void start() {
        mailbox = Mailbox.start(0);
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
        session = Session.getInstance(properties);
    }

    @AfterEach
    void stop() {
        mailbox.close();
    }

    @Test
    void aMailIsListedAndBothItsPartsAreShown() throws Exception {
        assertThat(get("/mailbox").body()).contains("No mail yet").contains("data-newest=\"0\"");

        send("bob@example.com", "Votre code, s'il vous plaît", "Code: 123456 é", "<p>Code: <b>123456</b></p>");

        var page = get("/mailbox");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("<td>bob@example.com</td>")
                .contains("<a href=\"/mailbox/1\">Votre code, s&#39;il vous plaît</a>")
                .contains("<pre>Code: 123456 é</pre>")
                .containsPattern("<td>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC</td>");
        assertThat(framed(page.body())).isEqualTo("<p>Code: <b>123456</b></p>");
    }

    @Test
    void theNewestIsShownUntilAnotherIsChosen() throws Exception {
        send("alice@example.com", "First", "of Alice", "<p>1</p>");
        send("bob@example.com", "Second", "of Bob", "<p>2</p>");

        assertThat(get("/mailbox").body()).contains("<h2>Second</h2>").containsSubsequence(">Second</a>", ">First</a>");
        assertThat(get("/mailbox/1").body()).contains("<h2>First</h2>").contains("<pre>of Alice</pre>");

        var never = get("/mailbox/3");
        assertThat(never.statusCode()).isEqualTo(404);
        assertThat(never.body()).contains("not here any more").contains(">First</a>");
    }

    @Test
    void theJsonHasOneMailALineNewestFirst() throws Exception {
        assertThat(get("/mailbox.json").body()).isEqualTo("[]\n");

        send("alice@example.com", "First", "Code: 111111", "<p>1</p>");
        send("bob@example.com", "Second", "Code:\r\n    222222", "<p>2</p>");

        var answer = get("/mailbox.json");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body().lines()).hasSize(2);
        var mails = new JsonArray(answer.body());
        var second = mails.getJsonObject(0);
        assertThat(second.getString("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        second.remove("at");
        assertThat(second)
                .isEqualTo(JsonObject.of(
                        "number", 2, "to", "bob@example.com", "subject", "Second", "text", "Code:\r\n    222222"));
        assertThat(mails.getJsonObject(1).getString("text")).isEqualTo("Code: 111111");
    }

    @Test
    void nothingOfAMailBecomesMarkupOfThePage() throws Exception {
        var hostile = "</h2></pre></title>\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;";
        var html = "</iframe>" + hostile + "\" sandbox=\"allow-scripts allow-same-origin\" x=\"";
        send("\"<script>alert(3)</script>\"@example.com", hostile, hostile, html);

        var page = get("/mailbox").body();
        assertThat(page).doesNotContain("<script>alert").doesNotContain("<img");
        assertThat(Pattern.compile("<script").matcher(page).results()).hasSize(1); // its own
        assertThat(Pattern.compile("</(iframe|pre|h2|title)>").matcher(page).results())
                .hasSize(4);
        assertThat(page).contains("<pre>&lt;/h2&gt;&lt;/pre&gt;").contains("onerror=alert(2)&gt;&amp;lt;</pre>");
        assertThat(framed(page)).isEqualTo(html);
        assertThat(new JsonArray(get("/mailbox.json").body()).getJsonObject(0).getString("subject"))
                .isEqualTo(hostile);
    }

    @Test
    void thePageRunsItsOwnScriptAlone() throws Exception {
        var page = get("/mailbox");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';")
                .contains("img-src data:;");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).contains("<script src=\"/mailbox.js\" defer></script>");

        var script = get("/mailbox.js");
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("/mailbox.json").contains("dataset.newest");
    }

    @Test
    void theLastFiftyAreKept() throws Exception {
        for (int i = 1; i <= 52; i++) {
            send("bob@example.com", "Mail " + i, "text", "<p>html</p>");
        }
        var subjects = new JsonArray(get("/mailbox.json").body())
                .stream().map(mail -> ((JsonObject) mail).getString("subject")).toList();
        assertThat(subjects)
                .isEqualTo(IntStream.iterate(52, i -> i > 2, i -> i - 1)
                        .mapToObj(i -> "Mail " + i)
                        .toList());
        assertThat(get("/mailbox/2").statusCode()).isEqualTo(404);
        assertThat(get("/mailbox").body()).contains("data-newest=\"52\"");
    }

    @Test
    void aMailOfTextAloneHasNoFrame() throws Exception {
        sendRaw("Subject: =?utf-8?B?w6k=?=\r\n\r\nonly text\r\n");
        assertThat(get("/mailbox").body())
                .contains("<h2>é</h2>")
                .contains("only text")
                .doesNotContain("<iframe");
    }

    @Test
    void aMailWithoutASubjectCanBeChosen() throws Exception {
        sendRaw("Content-Type: text/html\r\n\r\n<p>only html</p>\r\n");
        assertThat(get("/mailbox").body()).contains("<a href=\"/mailbox/1\">(no subject)</a>");
    }

    @Test
    void aMailThatCannotBeReadIsRefused() throws Exception {
        assertThatThrownBy(() -> sendRaw("Content-Type: text/plain; charset=x-nonsense\r\n\r\ntext\r\n"))
                .hasMessageContaining("554");
        assertThat(get("/mailbox.json").body()).isEqualTo("[]\n");
        send("bob@example.com", "The next", "text", "<p>html</p>");
        assertThat(get("/mailbox/1").body()).contains("<h2>The next</h2>");
    }

    @Test
    void theFrontLeadsToTheMailboxAndNothingCanBeChanged() throws Exception {
        var front = get("/");
        assertThat(front.statusCode()).isEqualTo(302);
        assertThat(front.headers().firstValue("Location")).contains("/mailbox");

        var posted =
                client.send(request("/mailbox").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void closingFreesBothPorts() {
        var second = Mailbox.start(0);
        second.close();
        var gone = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.port() + "/mailbox"))
                .build();
        assertThatThrownBy(() -> client.send(gone, BodyHandlers.ofString())).isInstanceOf(ConnectException.class);
        session.getProperties().put("mail.smtp.port", Integer.toString(second.smtpPort()));
        assertThatThrownBy(() -> send("bob@example.com", "Late", "text", "<p>html</p>"))
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aPortInUseIsTold() {
        assertThatThrownBy(() -> Mailbox.start(mailbox.port())).hasMessageContaining("already in use");
    }

    private void send(String to, String subject, String text, String html) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom("noreply@example.com");
        message.setSubject(subject, "utf-8");
        var textPart = new MimeBodyPart();
        textPart.setText(text, "utf-8");
        var htmlPart = new MimeBodyPart();
        htmlPart.setText(html, "utf-8", "html");
        message.setContent(new MimeMultipart("alternative", textPart, htmlPart));
        Transport.send(message, new InternetAddress[] {new InternetAddress(to, false)});
    }

    private void sendRaw(String mail) throws MessagingException {
        var message = new MimeMessage(
                session,
                new ByteArrayInputStream(("From: noreply@example.com\r\n" + mail).getBytes(StandardCharsets.UTF_8)));
        Transport.send(message, new InternetAddress[] {new InternetAddress("bob@example.com")});
    }

    /** What a browser puts into the frame. */
    private static String framed(String page) {
        var frame = Pattern.compile("<iframe sandbox=\"\" title=\"[\\w ]+\" srcdoc=\"([^\"]*)\"></iframe>")
                .matcher(page);
        assertThat(frame.find()).isTrue();
        return frame.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mailbox.port() + path));
    }
}
