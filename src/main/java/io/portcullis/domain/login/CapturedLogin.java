package io.portcullis.domain.login;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyFormat.HandedOut;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.SessionSettings;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Judges the answer of a legacy login: whom it let in, if anybody, and with which credential. */
public final class CapturedLogin {
    private static final List<String> PASSWORD = List.of("pwd");

    private final LegacyFormat format;
    private final List<IdentitySource> sources;
    private final SessionSettings settings;
    private final InstantSource clock;

    public CapturedLogin(
            LegacyFormat format, List<IdentitySource> sources, SessionSettings settings, InstantSource clock) {
        this.format = format;
        this.sources = sources;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a legacy answer to a login means. */
    public sealed interface Meaning {
        record LetIn(FirstFactor.Admitted admitted) implements Meaning {}

        /** The backend refused the login; its answer holds nothing to withhold. */
        record TurnedAway() implements Meaning {}

        /** It may hold a credential that we cannot find: it must not reach the client. */
        record Unreadable() implements Meaning {}
    }

    /** The e-mail that somebody tries to log in with; empty where two readers could find different ones. */
    public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
        return format.email(capture, requestBody);
    }

    public Meaning read(CaptureSettings capture, byte[] requestBody, LegacyAnswer answer) {
        if (answer.status() != capture.status()) {
            boolean turnedAway = answer.status() >= 400 && !handsOutAnyway(capture, answer);
            return turnedAway ? new Meaning.TurnedAway() : new Meaning.Unreadable();
        }
        return format.handedOut(capture, answer)
                .flatMap(handed -> identify(capture, handed, format.email(capture, requestBody), answer))
                .<Meaning>map(Meaning.LetIn::new)
                .orElseGet(Meaning.Unreadable::new);
    }

    /** A backend may set its cookie first and fail then. */
    private boolean handsOutAnyway(CaptureSettings capture, LegacyAnswer answer) {
        return format.handedOut(capture, answer).isPresent()
                || answer.headers().stream()
                        .flatMap(header -> Arrays.stream(header.getValue().split("[\\s;,=\"]+", -1)))
                        .anyMatch(this::isCredential);
    }

    private boolean isCredential(String text) {
        try {
            return sources.stream()
                    .filter(source -> !source.asksElsewhere())
                    .anyMatch(source -> source.recognize(text).isPresent());
        } catch (Refused expired) {
            return false; // nothing that it could open
        }
    }

    /**
     * The token names the account where a token source accepts it, so that the gate sees the same account later; else the
     * answer does.
     */
    private Optional<FirstFactor.Admitted> identify(
            CaptureSettings capture, HandedOut handed, Optional<String> requestEmail, LegacyAnswer answer) {
        for (var source : sources) {
            var recognized = source.recognize(handed.credential());
            if (recognized.isPresent()) {
                var named = recognized.get();
                return Optional.of(new FirstFactor.Admitted(
                        named.identity(),
                        source.name(),
                        PASSWORD,
                        handed.credential(),
                        named.credential(),
                        Optional.of(answer)));
            }
        }
        return handed.id()
                .map(id -> new Identity(
                        new Account(capture.realm(), id), handed.email().or(() -> requestEmail), handed.role()))
                .map(identity -> new FirstFactor.Admitted(
                        identity,
                        capture.name(),
                        PASSWORD,
                        handed.credential(),
                        new Credential(
                                Fingerprint.of(handed.credential()),
                                clock.instant().plus(settings.ttl())),
                        Optional.of(answer)));
    }
}
