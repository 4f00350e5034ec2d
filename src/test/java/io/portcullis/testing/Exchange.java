package io.portcullis.testing;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/**
 * One request and its answer.
 *
 * @param requestType without parameters, and empty where there is none
 * @param answerType likewise
 * @param headers names of those that the answer has, in lower case
 */
public record Exchange(
        String method,
        String path,
        String requestType,
        String request,
        int status,
        Set<String> headers,
        String answerType,
        String answer) {

    static Exchange of(HttpResponse<byte[]> response) {
        var request = response.request();
        return new Exchange(
                request.method(),
                request.uri().getRawPath(),
                type(request.headers()),
                request.bodyPublisher().map(Exchange::text).orElse(""),
                response.statusCode(),
                response.headers().map().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                type(response.headers()),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    /** What a failed test says of it. */
    AssertionError wrong(String fault) {
        return new AssertionError(method + " " + path + " " + request + "\nwas answered " + status + " " + answer
                + "\nwhich is not as /auth/openapi.json describes it: " + fault);
    }

    private static String type(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static String text(HttpRequest.BodyPublisher publisher) {
        var reader = BodySubscribers.ofString(StandardCharsets.UTF_8);
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                reader.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                reader.onNext(List.of(buffer));
            }

            @Override
            public void onError(Throwable failure) {
                reader.onError(failure);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
        return reader.getBody().toCompletableFuture().join();
    }
}
