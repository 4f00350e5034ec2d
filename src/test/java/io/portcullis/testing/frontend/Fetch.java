package io.portcullis.testing.frontend;

import io.portcullis.testing.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code fetch} as a page of the gateway's own origin has it: JSON in and out, the browser's cookies kept by name, the headers that say
 * where a request comes from, and a bearer where the page keeps one.
 */
public final class Fetch {
    /** Where the config of the tests says that the gateway is. */
    private static final String ORIGIN = "https://admin.example.com";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Optional<String> bearer = Optional.empty();
    private String language = "en";
    private int port;

    private Fetch(int port) {
        this.port = port;
    }

    /** One for which the gateway is at this port, without cookies and without a bearer. */
    public static Fetch at(int port) {
        return new Fetch(port);
    }

    /** From now on another instance answers. */
    public void moveTo(int otherPort) {
        port = otherPort;
    }

    /** From now on this goes along as {@code Authorization: Bearer}. */
    public void bearer(String token) {
        bearer = Optional.of(token);
    }

    public void forgetBearer() {
        bearer = Optional.empty();
    }

    /** What the browser says of its language: {@code Accept-Language}. */
    public void language(String acceptLanguage) {
        language = acceptLanguage;
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** Without a body. */
    public Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    public Answer post(String path, JsonObject body) {
        return send("POST", path, BodyPublishers.ofString(body.encode()), "Content-Type", "application/json");
    }

    /** The value of a cookie; fails when there is none. */
    public String cookie(String name) {
        return Optional.ofNullable(cookies.get(name)).orElseThrow(() -> new AssertionError("no cookie " + name));
    }

    public boolean hasCookie(String name) {
        return cookies.containsKey(name);
    }

    /** A cookie that was there before, as of another page. */
    public void keep(String name, String value) {
        cookies.put(name, value);
    }

    /** Another browser profile: no cookies, no bearer. */
    public void clear() {
        cookies.clear();
        bearer = Optional.empty();
    }

    private Answer send(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Accept-Language", language)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Dest", "empty")
                .method(method, body);
        if (!method.equals("GET")) {
            request.header("Origin", ORIGIN);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
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
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
