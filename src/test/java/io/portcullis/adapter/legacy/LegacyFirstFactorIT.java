package io.portcullis.adapter.legacy;

import static io.portcullis.testing.Refusals.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.Captures;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CapturedLogin;
import io.portcullis.domain.capture.CredentialOwner;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.People;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.testing.Stores;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the backend's answer to a login says of the password. */
class LegacyFirstFactorIT {
    private static final CaptureSettings CAPTURE = Captures.capture(Captures.JSON, "/login", Captures.TOKEN);
    private static final CaptureSettings FORM = Captures.capture(Captures.FORM, "/app/login", Captures.COOKIE);

    private static final Client CLIENT = new Client("192.0.2.1", "test");
    private static final Identity PERSON =
            new Identity(new Account("user", "7"), Optional.of("a+b@example.com"), Optional.of("editor"));

    private volatile int status = 200;
    private volatile String body = "";
    private volatile String asked = "";
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final HttpServer backend = Stores.vertx()
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(read -> {
                asked = request.getHeader("Content-Type") + " " + read;
                answered.forEach(request.response()::putHeader);
                request.response().setStatusCode(status).end(body);
            }))
            .listen(0, "127.0.0.1")
            .await();
    private final LegacyHttp http = new LegacyHttp(
            Stores.vertx(),
            new HttpClientOptions().setConnectTimeout(5_000),
            () -> new RequestOptions().setHost("127.0.0.1").setPort(backend.actualPort()),
            Duration.ofSeconds(20));
    private final FirstFactor firstFactor = firstFactor(CAPTURE);

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

    @Test
    void aFormIsFilledInAsABrowserDoes() {
        status = 302;
        answered.put("Location", "/app/dashboard");
        answered.put("Set-Cookie", "LEGACYSESS=opaque; Path=/; HttpOnly");
        var admitted =
                firstFactor(FORM).check("a+b@example.com", "1&2=%3;é", CLIENT).orElseThrow();
        assertThat(admitted.token()).isEqualTo("opaque");
        assertThat(admitted.identity()).isEqualTo(PERSON);
        assertThat(asked)
                .isEqualTo("application/x-www-form-urlencoded"
                        + " email=a%2Bb%40example.com&password=1%262%3D%253%3B%C3%A9");
    }

    @ParameterizedTest
    @CsvSource({"200, ''", "302, /app/login?error"})
    void aFormThatComesBackSaysThatItIsWrong(int answeredStatus, String location) {
        status = answeredStatus;
        answered.put("Location", location);
        answered.put("Set-Cookie", "LEGACYSESS=not-logged-in; Path=/; HttpOnly");
        assertThat(firstFactor(FORM).check("alice@example.com", "guess", CLIENT))
                .isEmpty();
    }

    private FirstFactor firstFactor(CaptureSettings capture) {
        var bodies = new JsonBody();
        var owner = new CredentialOwner(
                bodies, List.of(), List.of(new Known()), SessionSettings.DEFAULTS, InstantSource.system());
        var captured = new CapturedLogin(
                LegacyFormats::of, bodies, owner, List.of(), Set.of("LEGACYSESS"), Set.of(), InstantSource.system());
        return new LegacyFirstFactor(http, capture, LegacyFormats.of(capture), captured);
    }

    /** A table with one person, whom the form logs in. */
    private record Known() implements People {
        @Override
        public String realm() {
            return FORM.realm();
        }

        @Override
        public Optional<Identity> byEmail(String email) {
            return email.equals("a+b@example.com") ? Optional.of(PERSON) : Optional.empty();
        }
    }

    private Optional<FirstFactor.Admitted> check() {
        return firstFactor.check("alice@example.com", "guess", CLIENT);
    }
}
