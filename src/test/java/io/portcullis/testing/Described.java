package io.portcullis.testing;

import io.portcullis.dialect.PathTemplate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds what the gateway's own routes take and answer against the document in which the gateway describes them. */
public final class Described {
    private static final String DOCUMENT = "/auth/openapi.json";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** A gateway that reloads its dialects describes itself anew; a request under way is answered as it was begun. */
    private static final Map<Integer, List<Described>> BY_PORT = new ConcurrentHashMap<>();

    private final JsonObject document;
    private final DescribedJson schemas;

    public Described(JsonObject document) {
        this.document = document;
        this.schemas = new DescribedJson(document);
    }

    /** What a gateway at that port said before is of another one. */
    static void forget(int port) {
        BY_PORT.remove(port);
    }

    /** Fails when the gateway answered otherwise than it describes, or took a body that it does not describe. */
    static void check(HttpResponse<byte[]> response) {
        if (response.headers()
                .firstValue("X-Portcullis")
                .filter("answered"::equals)
                .isPresent()) {
            var uri = response.request().uri();
            var known = BY_PORT.computeIfAbsent(uri.getPort(), port -> new CopyOnWriteArrayList<>());
            var exchange = Exchange.of(response);
            if (known.stream().noneMatch(described -> described.holds(exchange))) {
                var described = new Described(fetch(uri)); // the first, or one after a reload
                described.check(exchange);
                known.add(described);
            }
        }
    }

    private boolean holds(Exchange exchange) {
        try {
            check(exchange);
            return true;
        } catch (AssertionError otherwise) {
            return false;
        }
    }

    private static JsonObject fetch(URI gateway) {
        var request = HttpRequest.newBuilder(gateway.resolve(DOCUMENT))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(DOCUMENT + " is answered " + response.statusCode() + " " + response.body());
            }
            return new JsonObject(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing is said of a route that the document does not have. */
    public void check(Exchange exchange) {
        operation(exchange.method(), exchange.path()).ifPresent(operation -> {
            checkAnswer(operation, exchange);
            if (exchange.status() < 400) {
                checkRequest(operation, exchange);
            }
        });
    }

    /** The operation of a path that is spelled out, else that of a template. */
    private Optional<JsonObject> operation(String method, String path) {
        var paths = document.getJsonObject("paths");
        var found = paths.containsKey(path)
                ? Optional.of(path)
                : paths.fieldNames().stream()
                        .filter(template -> PathTemplate.isOne(template)
                                && PathTemplate.of(template).match(path).isPresent())
                        .findFirst();
        return found.map(name -> paths.getJsonObject(name).getJsonObject(method.toLowerCase(Locale.ROOT)));
    }

    private void checkAnswer(JsonObject operation, Exchange exchange) {
        var responses = operation.getJsonObject("responses");
        var status = Integer.toString(exchange.status());
        var range = status.charAt(0) + "XX";
        var named = responses.containsKey(status) ? status : range;
        if (!responses.containsKey(named)) {
            throw exchange.wrong("the status is none of " + responses.fieldNames());
        }
        var response = resolved(responses.getJsonObject(named));
        response.getJsonObject("headers", new JsonObject()).forEach(header -> {
            if (header.getValue() instanceof JsonObject described
                    && described.getBoolean("required", false)
                    && !exchange.headers().contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw exchange.wrong("the header " + header.getKey() + " is missing");
            }
        });
        var content = response.getJsonObject("content");
        if (content == null) {
            if (!exchange.answer().isEmpty()) {
                throw exchange.wrong("a " + status + " has no body");
            }
            return;
        }
        checkContent(content, exchange.answerType(), exchange.answer(), exchange);
    }

    private void checkContent(JsonObject content, String type, String body, Exchange exchange) {
        var media = content.getJsonObject(type, content.getJsonObject("*/*"));
        if (media == null) {
            throw exchange.wrong("'" + type + "' is none of " + content.fieldNames());
        }
        var schema = media.getJsonObject("schema");
        var faults = switch (type) {
            case "application/json" -> schemas.faults(schema, body);
            case "application/x-www-form-urlencoded" -> schemas.faultsOfForm(schema, body);
            default -> "";
        };
        if (!faults.isEmpty()) {
            throw exchange.wrong(faults);
        }
    }

    private void checkRequest(JsonObject operation, Exchange exchange) {
        var described = operation.getJsonObject("requestBody");
        if (described == null) {
            return; // nobody looked at it
        } else if (!exchange.request().isEmpty()) {
            checkContent(described.getJsonObject("content"), exchange.requestType(), exchange.request(), exchange);
        } else if (described.getBoolean("required")) {
            throw exchange.wrong("it was taken without a body, which is required");
        }
    }

    private JsonObject resolved(JsonObject response) {
        var reference = response.getString("$ref");
        return reference == null
                ? response
                : document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(reference.substring("#/components/responses/".length()));
    }
}
