package io.portcullis.listener;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the public listener reads HTTP. */
public final class ListenerOptions {
    /** In bytes; longer than any target that is judged. */
    private static final int REQUEST_LINE = 8 * 1024;

    /** In bytes. Measured: a megabyte costs half the CPU time that it does with Vert.x' 8 KiB; small bodies cost the same. */
    private static final int CHUNK = 64 * 1024;

    /** Vert.x gives the servers of all event loops the same free port for it. */
    private static final int SHARED_FREE_PORT = -1;

    /** TLS 1.0 and 1.1 are deprecated (RFC 8996). */
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private ListenerOptions() {}

    /** HTTP/1 where it is plain; HTTP/1 and HTTP/2 over TLS. */
    public static HttpServerOptions of(ListenerSettings settings) {
        var limits = settings.limits();
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? SHARED_FREE_PORT : settings.port())
                .setHttp2ClearTextEnabled(false) // Upgrade: h2c would go around the gate
                .setMaxInitialLineLength(REQUEST_LINE)
                .setMaxHeaderSize(limits.header())
                .setMaxChunkSize(CHUNK)
                .setDecoderInitialBufferSize(1024)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(false) // the backend decides
                .setPerFrameWebSocketCompressionSupported(false) // client and backend agree on it
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpKeepAlive(true)
                .setStrictThreadMode(true);
        settings.tls().ifPresent(tls -> overTls(options, limits, tls.identity()));
        return options;
    }

    private static void overTls(HttpServerOptions options, ListenerLimits limits, TlsIdentity identity) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(pem(identity))
                .setSslHandshakeTimeout(limits.headTime().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setInitialSettings(new Http2Settings()
                        .setPushEnabled(false)
                        .setMaxConcurrentStreams(limits.streams())
                        .setMaxHeaderListSize(limits.header()))
                .setHttp2RstFloodMaxRstFramePerWindow(limits.resets().count())
                .setHttp2RstFloodWindowDuration(
                        Math.toIntExact(limits.resets().window().toSeconds()))
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
    }

    /** The same with another certificate, for connections from now on. */
    public static ServerSSLOptions renewed(HttpServerOptions options, TlsIdentity identity) {
        return options.getSslOptions().copy().setKeyCertOptions(pem(identity));
    }

    private static PemKeyCertOptions pem(TlsIdentity identity) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(identity.chain()))
                .setKeyValue(Buffer.buffer(identity.key()));
    }
}
