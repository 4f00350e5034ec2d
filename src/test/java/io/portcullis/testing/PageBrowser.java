package io.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.demo.LegacyAccount;
import io.portcullis.testing.browser.BrowserGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at the gateway's own pages, by HTTP alone: a cookie jar and forms, and redirects that the test follows by hand. */
public final class PageBrowser {
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final BrowserGateway gateway;
    private final Map<String, String> jar = new LinkedHashMap<>();

    public PageBrowser(BrowserGateway gateway) {
        this.gateway = gateway;
    }

    /** Goes to a page. {@code headers}: names and values in turn. */
    public Answer get(String path, String... headers) {
        return send(request(path, headers).header("Sec-Fetch-Mode", "navigate"));
    }

    /** Sends a form of one of our pages. */
    public Answer submit(String path, Map<String, String> fields) {
        return post(path, FORM, form(fields), "Origin", gateway.url(), "Sec-Fetch-Site", "same-origin");
    }

    /** Sends a body with these headers and nothing that a browser would add but the cookies. */
    public Answer post(String path, String contentType, String body, String... headers) {
        return send(request(path, headers).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Any method, without a body. */
    public Answer send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Fills in the login page. */
    public Answer logIn(LegacyAccount account) {
        return submit("/auth/ui/login", Map.of("email", account.email(), "password", account.password()));
    }

    /** Logs in somebody without a second factor and sets up an app. */
    public App enrol(LegacyAccount account) {
        assertThat(logIn(account).status()).isEqualTo(303);
        var app = gateway.app(secret(submit("/auth/ui/setup", Map.of("action", "start", "method", "totp"))));
        var codes = submit("/auth/ui/setup", Map.of("action", "confirm", "code", app.code()));
        assertThat(codes.status()).as(codes.text()).isEqualTo(200);
        return app;
    }

    /** The secret of a set-up that a page shows. */
    public static String secret(Answer page) {
        var found = Pattern.compile("id=\"secret\">([A-Z2-7]+)<").matcher(page.text());
        assertThat(found.find()).as(page.text()).isTrue();
        return found.group(1);
    }

    public Map<String, String> cookies() {
        return jar;
    }

    /** {@code name=value}, or nothing where there is none. */
    public String cookieHeader() {
        return jar.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(Duration.ofSeconds(30));
        if (!jar.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
            answer.headers("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        var pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.contains("Max-Age=0")) {
            jar.remove(pair[0]);
        } else {
            jar.put(pair[0], pair[1]);
        }
    }
}
