package io.portcullis.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An OpenID provider that answers every code, and says whatever a test tells it to. */
public final class LyingProvider implements AutoCloseable {
    /** What it says when it does not lie, of a login whose nonce is this. */
    public static final String NONCE = "the-nonce-of-this-login-0123456789-0123456789";

    public static final RSAKey KEY = key("first");

    private final HttpServer server;
    private final JsonObject discovery;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> lastForm = new ConcurrentHashMap<>();
    private volatile JWKSet keys = new JWKSet(KEY.toPublicJWK());
    private volatile Function<LyingProvider, String> idToken = LyingProvider::honest;
    private volatile JsonObject userInfo = new JsonObject();
    private volatile int tokenStatus = 200;
    private volatile String tokenError = "";

    private LyingProvider(HttpServer server) {
        this.server = server;
        this.discovery = new JsonObject()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("end_session_endpoint", issuer() + "/end")
                .put("response_types_supported", new JsonArray().add("code"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put(
                        "id_token_signing_alg_values_supported",
                        new JsonArray()
                                .add("RS256")
                                .add("ES256")
                                .add("EdDSA")
                                .add("HS256")
                                .add("none"));
    }

    public static LyingProvider start() {
        return startAt(0);
    }

    /** At a port where one was before. */
    public static LyingProvider startAt(int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var provider = new LyingProvider(server);
            server.createContext("/", provider::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The document as it will be served: a test may change it. */
    public JsonObject discovery() {
        return discovery;
    }

    public void publishes(JWKSet set) {
        keys = set;
    }

    /** The ID token for the next codes. */
    public void gives(String token) {
        idToken = self -> token;
    }

    public void gives(Function<LyingProvider, String> token) {
        idToken = token;
    }

    public void knows(JsonObject claims) {
        discovery.put("userinfo_endpoint", issuer() + "/userinfo");
        userInfo = claims;
    }

    public void refusesCodes(int status, String error) {
        tokenStatus = status;
        tokenError = error;
    }

    /** The paths that were called, in order. */
    public List<String> calls() {
        return calls;
    }

    /** The form of the last code that was redeemed, undecoded. */
    public Map<String, String> lastForm() {
        return lastForm;
    }

    /** All that is true. */
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("carol")
                .audience("portcullis")
                .claim("nonce", NONCE)
                .claim("email", "carol@example.com")
                .claim("email_verified", true)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    public String honest() {
        return signed(claims().build());
    }

    public static String signed(JWTClaimsSet claims) {
        try {
            return signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(), claims, new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            calls.add(path);
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (path) {
                case "/.well-known/openid-configuration" -> send(exchange, 200, discovery.encode());
                case "/keys" -> send(exchange, 200, keys.toString());
                case "/userinfo" -> send(exchange, 200, userInfo.encode());
                case "/token" -> {
                    for (var field : form.split("&", -1)) {
                        lastForm.put(field.split("=", 2)[0], field.split("=", 2)[1]);
                    }
                    var answer = tokenStatus == 200
                            ? new JsonObject()
                                    .put("access_token", "an-access-token")
                                    .put("token_type", "Bearer")
                                    .put("id_token", idToken.apply(this))
                            : new JsonObject().put("error", tokenError);
                    send(exchange, tokenStatus, answer.encode());
                }
                default -> send(exchange, 404, "{}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
