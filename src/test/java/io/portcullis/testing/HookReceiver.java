package io.portcullis.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.encoders.Hex;

/** A legacy backend that is told of changes, and believes what is signed by its secret. */
public final class HookReceiver implements AutoCloseable {
    public static final String SECRET = "the secret of the hook, 32 bytes and more";

    private final HttpServer server;
    private final List<JsonObject> taken = new CopyOnWriteArrayList<>();
    private volatile Function<JsonObject, Integer> status = change -> 204;

    private HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public static HookReceiver start() {
        try {
            return new HookReceiver();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/mfa?a=b";
    }

    /** What it answers from now on; a status of 300 and more takes nothing. */
    public void answer(Function<JsonObject, Integer> next) {
        status = next;
    }

    /** What was taken about an account, in the order it came. */
    public List<JsonObject> taken(String subject) {
        return taken.stream()
                .filter(change -> change.getString("subject").equals(subject))
                .toList();
    }

    /** The same, on or off alone. */
    public List<Boolean> states(String subject) {
        return taken(subject).stream()
                .map(change -> change.getBoolean("twoFAEnabled"))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var signature = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Portcullis-Signature"));
            boolean right = signature.filter(hex -> hex.equals(signed(body))).isPresent()
                    && exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().toString().equals("/hooks/mfa?a=b");
            var change = new JsonObject(Buffer.buffer(body));
            int answer = right ? status.apply(change) : 403;
            if (answer < 300) {
                taken.add(change);
            }
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", url());
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    /** By another implementation than the gateway's. */
    private static String signed(byte[] body) {
        var mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(SECRET.getBytes(StandardCharsets.UTF_8)));
        mac.update(body, 0, body.length);
        var out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return Hex.toHexString(out);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
