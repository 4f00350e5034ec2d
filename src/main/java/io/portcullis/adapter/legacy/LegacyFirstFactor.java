package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.CapturedLogin;
import io.portcullis.domain.capture.CapturedLogin.Asked;
import io.portcullis.domain.capture.LegacyFormat;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.Client;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** E-mail and password, checked by logging in at the legacy backend. */
public final class LegacyFirstFactor implements FirstFactor {
    private final LegacyHttp legacy;
    private final CaptureSettings capture;
    private final LegacyFormat format;
    private final CapturedLogin capturedLogin;

    public LegacyFirstFactor(
            LegacyHttp legacy, CaptureSettings capture, LegacyFormat format, CapturedLogin capturedLogin) {
        this.legacy = legacy;
        this.capture = capture;
        this.format = format;
        this.capturedLogin = capturedLogin;
    }

    @Override
    public Optional<Admitted> check(String email, String password, Client client) {
        var body = format.request(capture, email, password);
        var headers = Map.of(
                "Content-Type", format.contentType(),
                "Accept", format.accept(),
                "Accept-Encoding", "identity",
                "User-Agent", client.userAgent(),
                "X-Forwarded-For", client.address());
        var answer = legacy.call(capture.login().route(), headers, body);
        if (answer.isOutage()) {
            throw new Refused(new Problem.UpstreamUnavailable());
        } else if (answer.status() >= 500) {
            throw new Unclear();
        }
        return switch (capturedLogin.read(capture, capture.login(), new Asked(Optional.of(email), List.of()), answer)) {
            case CapturedLogin.Meaning.LetIn in -> Optional.of(in.admitted());
            case CapturedLogin.Meaning.TurnedAway away -> Optional.empty();
            case CapturedLogin.Meaning.Unreadable unreadable -> throw new Unclear();
        };
    }
}
