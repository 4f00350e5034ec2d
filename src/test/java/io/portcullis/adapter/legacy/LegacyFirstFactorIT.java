package io.portcullis.adapter.legacy;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.CapturedLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.Stores;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the backend's answer to a login says of the password. */
class LegacyFirstFactorIT {
    private static final CaptureSettings CAPTURE = new CaptureSettings(
            "legacy-login",
            "admin",
            "legacy",
            new CaptureSettings.Route("POST", "/login"),
            "/email",
            "/password",
            200,
            "/token",
            Optional.of("/user"),
            Optional.empty());

    private volatile int status = 200;
    private volatile String body = "";
    private final HttpServer backend = Stores.vertx()
            .createHttpServer()
            .requestHandler(request -> request.body()
                    .onSuccess(read -> request.response().setStatusCode(status).end(body)))
            .listen(0, "127.0.0.1")
            .await();
    private final LegacyHttp http = new LegacyHttp(
            Stores.vertx(), "127.0.0.1", backend.actualPort(), Duration.ofSeconds(5), Duration.ofSeconds(20));
    private final JsonFormat format = new JsonFormat();
    private final FirstFactor firstFactor = new LegacyFirstFactor(
            http,
            CAPTURE,
            format,
            new CapturedLogin(format, List.of(), SessionSettings.DEFAULTS, InstantSource.system()));

    @AfterEach
    void close() throws Exception {
        http.close();
        backend.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aCredentialSaysThatItIsRight() {
        body = "{\"token\":\"opaque\",\"user\":{\"id\":7}}";
        assertThat(check().orElseThrow().identity().account().subject()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429})
    void aRefusalSaysThatItIsWrong(int answered) {
        status = answered;
        assertThat(check()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void anOutageSaysNothing(int answered) {
        status = answered;
        assertThat(problemOf(this::check)).isEqualTo(new Problem.UpstreamUnavailable());
    }

    /** It may be how the backend answers a wrong password: whoever guesses could tell it from a right one. */
    @ParameterizedTest
    @ValueSource(ints = {200, 302, 500, 501})
    void anyOtherAnswerIsUnclear(int answered) {
        status = answered;
        assertThatThrownBy(this::check).isInstanceOf(FirstFactor.Unclear.class);
    }

    private Optional<FirstFactor.Admitted> check() {
        return firstFactor.check("alice@example.com", "guess", new Client("192.0.2.1", "test"));
    }
}
