package io.portcullis.testing;

import io.vertx.core.json.JsonObject;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser: a cookie jar for each origin, and redirects that the test follows by hand. */
public final class Browser {
    /** Where the config says that the gateway is. */
    public static final String GATEWAY = "https://admin.example.com";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Map<String, Map<String, String>> jars = new HashMap<>();
    private int port;

    private Browser(int port) {
        this.port = port;
    }

    /** One for which the gateway is at this port. */
    public static Browser at(int port) {
        return new Browser(port);
    }

    /** From now on another instance answers. */
    public void moveTo(int otherPort) {
        port = otherPort;
    }

    /** Goes to an address, by a link of another site. */
    public Answer go(String address) {
        return send(
                address,
                request(address)
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Accept", "text/html"));
    }

    /** What a page of the gateway fetches. */
    public Answer get(String path) {
        return send(GATEWAY + path, fetch(path));
    }

    public Answer post(String path, JsonObject body) {
        return send(
                GATEWAY + path,
                fetch(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())));
    }

    /** A form without fields on a page of the gateway. */
    public Answer submit(String path) {
        return send(
                GATEWAY + path,
                request(GATEWAY + path)
                        .header("Origin", GATEWAY)
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.noBody()));
    }

    /** Fills in the form of a page at the address; what is hidden in it goes along. */
    public Answer submit(String address, Answer page, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        Pattern.compile("<input name=\"(\\w+)\" type=\"hidden\" value=\"([^\"]*)\"")
                .matcher(page.text())
                .results()
                .forEach(input -> all.put(input.group(1), input.group(2)));
        var form = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(
                address,
                request(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    /** The value of a cookie of the gateway; fails when there is none. */
    public String cookie(String name) {
        var value = jars.getOrDefault(GATEWAY, Map.of()).get(name);
        if (value == null) {
            throw new AssertionError("no cookie " + name);
        }
        return value;
    }

    public boolean hasCookie(String name) {
        return jars.getOrDefault(GATEWAY, Map.of()).containsKey(name);
    }

    private HttpRequest.Builder fetch(String path) {
        return request(GATEWAY + path)
                .header("Origin", GATEWAY)
                .header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Site", "same-origin");
    }

    private HttpRequest.Builder request(String address) {
        var url = address.startsWith(GATEWAY)
                ? "http://127.0.0.1:" + port + address.substring(GATEWAY.length())
                : address;
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
        var cookies = jars.getOrDefault(origin(address), Map.of()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return cookies.isEmpty() ? request : request.header("Cookie", cookies);
    }

    private Answer send(String address, HttpRequest.Builder request) {
        try {
            var answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
            answer.headers("Set-Cookie").forEach(cookie -> keep(origin(address), cookie));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String origin, String setCookie) {
        var jar = jars.computeIfAbsent(origin, site -> new LinkedHashMap<>());
        var pair = setCookie.split(";", 2)[0].split("=", 2);
        if (setCookie.contains("Max-Age=0")) {
            jar.remove(pair[0]);
        } else {
            jar.put(pair[0], pair[1]);
        }
    }

    private static String origin(String address) {
        var uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
