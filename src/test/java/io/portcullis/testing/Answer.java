package io.portcullis.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** An HTTP answer, asked in the words of the contract. */
public final class Answer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body.clone();
    }

    /** Fails when one of the gateway's own routes answers otherwise than it is {@link Described}. */
    public static Answer of(HttpResponse<byte[]> response) {
        Described.check(response);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return new JsonObject(Buffer.buffer(body));
    }

    /** What is at a JSON pointer (RFC 6901); fails when there is nothing. */
    public Object json(String pointer) {
        return Objects.requireNonNull(JsonPointer.from(pointer).queryJson(json()), () -> pointer + " in " + text());
    }

    public String string(String pointer) {
        return (String) json(pointer);
    }

    /** A member of {@code error}; fails when there is none. */
    public Object error(String member) {
        return json("/error/" + member);
    }

    /** The code of an error; of any other answer its status, so that a failed assertion says something. */
    public String code() {
        if (status < 400 || !isOfTheGateway()) {
            return Integer.toString(status);
        }
        return isPage() ? codeOnPage() : (String) error("code");
    }

    /** Whether it is for a person. */
    public boolean isPage() {
        return header("Content-Type").orElse("").startsWith("text/html");
    }

    private String codeOnPage() {
        var code = Pattern.compile("<code id=\"error\">([A-Z0-9_]+)</code>").matcher(text());
        return code.find() ? code.group(1) : Integer.toString(status);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public List<String> headers(String name) {
        return headers.allValues(name);
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** Whether the gateway itself spoke, and not the backend. */
    public boolean isOfTheGateway() {
        return header("X-Portcullis").isPresent();
    }

    /** The {@code name=value} of a cookie that was set. */
    public String cookie(String name) {
        return headers("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + headers("Set-Cookie")));
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + " " + text();
    }
}
