package io.portcullis.proxy;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/** What every connection to an upstream has in common, whoever opens it: HTTP/1.1, and TLS that is always verified. */
final class UpstreamOptions {
    private UpstreamOptions() {}

    static HttpClientOptions client(UpstreamSettings settings) {
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setDecompressionSupported(false);
        settings.tls().ifPresent(tls -> {
            options.setSsl(true).setVerifyHost(true);
            options.setSslHandshakeTimeout(settings.connectTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
            tls.ca().ifPresent(pem -> options.setTrustOptions(trusting(pem)));
            // Java by itself names only hosts with a dot; an address is never named (RFC 6066, section 3).
            options.setForceSni(tls.serverName().isPresent()
                    || settings.targets().stream().noneMatch(UpstreamSettings.Target::isAddress));
        });
        return options;
    }

    /** Not as PEM, of which Vert.x would compute a hash with each request. */
    private static TrustOptions trusting(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            for (var certificate : certificates) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates of an upstream cannot be used", e);
        }
    }

    static RequestOptions request(UpstreamSettings settings, UpstreamSettings.Target target) {
        var options = new RequestOptions().setHost(target.host()).setPort(target.port());
        settings.tls()
                .flatMap(UpstreamSettings.Tls::serverName)
                .ifPresent(name ->
                        options.setHost(name).setServer(SocketAddress.inetSocketAddress(target.port(), target.host())));
        return options;
    }

    static HttpConnectOptions connect(UpstreamSettings settings, UpstreamSettings.Target target) {
        return new HttpConnectOptions(request(settings, target));
    }
}
