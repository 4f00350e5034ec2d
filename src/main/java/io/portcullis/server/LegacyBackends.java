package io.portcullis.server;

import io.portcullis.adapter.legacy.LegacyFirstFactor;
import io.portcullis.adapter.legacy.LegacyFormats;
import io.portcullis.adapter.legacy.LegacyHttp;
import io.portcullis.adapter.legacy.LegacyLogoutCall;
import io.portcullis.config.Settings;
import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CapturedLogin;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.proxy.Upstreams;
import io.vertx.core.Vertx;
import java.util.List;

/** The backends whose logins are watched, each with the way to call it. */
final class LegacyBackends implements AutoCloseable {
    private final List<LegacyLogoutCall.Backend> backends;

    private LegacyBackends(List<LegacyLogoutCall.Backend> backends) {
        this.backends = backends;
    }

    /** Throws {@code IllegalArgumentException} for a login at an upstream that there is not. */
    static LegacyBackends of(Vertx vertx, Settings settings, Upstreams upstreams) {
        return new LegacyBackends(settings.identity(CaptureSettings.class).stream()
                .map(capture ->
                        new LegacyLogoutCall.Backend(capture, client(vertx, upstreams.calls(capture.upstream()))))
                .toList());
    }

    private static LegacyHttp client(Vertx vertx, Upstreams.Calls upstream) {
        return new LegacyHttp(
                vertx,
                upstream.clientOptions(),
                upstream::next,
                upstream.settings().timeout());
    }

    /** Of the backend whose login this is. */
    FirstFactor firstFactor(CaptureSettings capture, CapturedLogin capturedLogin) {
        return backends.stream()
                .filter(backend -> backend.capture().equals(capture))
                .findFirst()
                .map(backend ->
                        new LegacyFirstFactor(backend.legacy(), capture, LegacyFormats.of(capture), capturedLogin))
                .orElseThrow();
    }

    LegacyLogout logout() {
        return new LegacyLogoutCall(backends);
    }

    @Override
    public void close() {
        backends.forEach(backend -> backend.legacy().close());
    }
}
