package io.portcullis.adapter.identity;

import static io.portcullis.testing.Refusals.problemOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.portcullis.domain.error.Problem;
import io.portcullis.testing.AnsweringServer;
import io.portcullis.testing.PrivateCa;
import io.portcullis.testing.Stores;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One question over HTTP, with all that can come of it. */
class HttpEndpointIT {
    private final AnsweringServer server = new AnsweringServer();
    private final HttpEndpoint endpoint = endpoint(server.url() + "/me?x=1", Optional.empty(), Duration.ofSeconds(20));

    private static HttpEndpoint endpoint(String url, Optional<String> ca, Duration timeout) {
        return new HttpEndpoint(Stores.vertx(), URI.create(url), ca, timeout, 1000, 4);
    }

    @AfterEach
    void close() throws Exception {
        endpoint.close();
        server.close();
    }

    @Test
    void anAnswer() {
        server.answers(200, "{}");
        var answer = endpoint.get(Map.of("Cookie", "a=b"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
        var request = server.requests().getFirst();
        assertThat(request.uri()).isEqualTo("/me?x=1");
        assertThat(request.getHeader("Accept")).isEqualTo("application/json");
        assertThat(request.getHeader("Cookie")).isEqualTo("a=b");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.answers(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", server.url() + "/elsewhere")
                .end());
        assertThat(endpoint.get(Map.of()).status()).isEqualTo(302);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatIsTooLarge() {
        server.answers(200, "x".repeat(1000));
        assertThat(endpoint.get(Map.of()).body()).hasSize(1000);
        server.answers(200, "x".repeat(1001));
        assertThat(problemOf(() -> endpoint.get(Map.of()))).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @Test
    void aConnectionThatBreaks() {
        server.answers(request -> request.connection().close());
        assertThat(problemOf(() -> endpoint.get(Map.of()))).isEqualTo(new Problem.UpstreamUnavailable());
    }

    @Test
    void aConnectionThatWasClosedWhileItWaitedIsNoFailure() {
        server.answers(200, "{}");
        endpoint.get(Map.of());
        server.answers(request -> {
            server.answers(200, "{}");
            request.connection().close();
        });
        assertThat(endpoint.get(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void nobodyThere() {
        var nobody = endpoint("http://127.0.0.1:1/", Optional.empty(), Duration.ofSeconds(20));
        assertThat(problemOf(() -> nobody.get(Map.of()))).isEqualTo(new Problem.UpstreamUnavailable());
        nobody.close();
    }

    @Test
    void anAnswerThatNeverComesOrNeverEnds() {
        var impatient = endpoint(server.url(), Optional.empty(), Duration.ofMillis(300));
        server.answers(request -> {});
        assertThat(problemOf(() -> impatient.get(Map.of()))).isEqualTo(new Problem.UpstreamTimeout());
        server.answers(request -> {
            var response = request.response().setChunked(true);
            Stores.vertx().setPeriodic(50, id -> {
                if (response.closed()) {
                    Stores.vertx().cancelTimer(id);
                } else {
                    response.write("x");
                }
            });
        });
        assertThat(problemOf(() -> impatient.get(Map.of()))).isEqualTo(new Problem.UpstreamTimeout());
        impatient.close();
    }

    @Test
    void aCertificateOfAPrivateAuthority() throws Exception {
        var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(PrivateCa.shared().server()));
        secure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        secure.start();
        var url = "https://127.0.0.1:" + secure.getAddress().getPort() + "/";
        var ca = Files.readString(PrivateCa.shared().pem());
        var trusting = endpoint(url, Optional.of(ca), Duration.ofSeconds(20));
        assertThat(trusting.get(Map.of()).status()).isEqualTo(200);
        var wary = endpoint(url, Optional.empty(), Duration.ofSeconds(20));
        assertThat(problemOf(() -> wary.get(Map.of()))).isEqualTo(new Problem.UpstreamUnavailable());
        trusting.close();
        wary.close();
        secure.stop(0);
    }
}
