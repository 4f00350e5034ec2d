package io.portcullis.domain.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.portcullis.domain.capture.CaptureSettings.HandOut;
import io.portcullis.domain.capture.CaptureSettings.Success;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LegacyAnswer;
import io.portcullis.domain.login.SetCookie;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.IdentitySource;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges the answer of a legacy login, or of another route that hands out its credential: whom it let in, if anybody, and with
 * which credential. Blocks where an identity source has to ask; may be called on any virtual thread.
 */
public final class CapturedLogin {
    private static final int SHORTEST_SECRET = 8;

    /** What stands between words in headers and in bodies of any kind. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s;,=\"'<>(){}\\[\\]:&?#]+");

    private final Function<CaptureSettings, LegacyFormat> formats;
    private final AnswerBody bodies;
    private final CredentialOwner owner;
    private final List<IdentitySource> sources;
    private final Set<String> cookies;
    private final Set<String> origins;
    private final InstantSource clock;

    /**
     * Reads logins in the format of their settings.
     *
     * @param cookies the names of all that may hold a credential
     * @param origins that a backend may write before the path of a redirect, in lower case
     */
    public CapturedLogin(
            Function<CaptureSettings, LegacyFormat> formats,
            AnswerBody bodies,
            CredentialOwner owner,
            List<IdentitySource> sources,
            Set<String> cookies,
            Set<String> origins,
            InstantSource clock) {
        this.formats = formats;
        this.bodies = bodies;
        this.owner = owner;
        this.sources = sources;
        this.cookies = cookies;
        this.origins = Set.copyOf(origins);
        this.clock = clock;
    }

    /**
     * What the judging needs to know of the request. Holds credentials, so it prints itself hidden.
     *
     * @param email that somebody tries to log in with
     * @param cookies those of the name of the cookie that is the credential, as the request brought them
     */
    public record Asked(Optional<String> email, List<Carried> cookies) {
        private boolean brought(Carried handedOut) {
            var fingerprint = handedOut.fingerprint();
            return cookies.stream().anyMatch(cookie -> cookie.fingerprint().sameAs(fingerprint));
        }

        @Override
        public String toString() {
            return "Asked[hidden]";
        }
    }

    /** What a legacy answer to a login means. */
    public sealed interface Meaning {
        /** {@code destination} is the local path that the answer redirects to, without what may be a secret behind it. */
        record LetIn(FirstFactor.Admitted admitted, Optional<String> destination) implements Meaning {}

        /** The backend refused the login; what is left of its answer holds nothing to withhold. */
        record TurnedAway(LegacyAnswer answer) implements Meaning {}

        /** It may hold a credential that we cannot find: it must not reach the client. */
        record Unreadable(Reason reason) implements Meaning {}
    }

    /** Why an answer must not reach the client. */
    public enum Reason {
        /** Neither the success that the config describes nor a failure. */
        UNKNOWN,
        /** A success without a credential where the config says, or with several. */
        NO_CREDENTIAL,
        /** A success whose credential the client had before the login: whoever planted it would have a session. */
        CREDENTIAL_FROM_CLIENT,
        /** A success, and nothing says whose. */
        OF_NOBODY,
        /** A failure that hands out a credential. */
        FAILURE_WITH_CREDENTIAL,
        /** Compressed although we asked for plain text. */
        ENCODED
    }

    /** The e-mail that somebody tries to log in with; empty where two readers could find different ones. */
    public Optional<String> email(CaptureSettings capture, byte[] requestBody) {
        return formats.apply(capture).email(capture, requestBody);
    }

    public Meaning read(CaptureSettings capture, HandOut handOut, Asked asked, LegacyAnswer answer) {
        return succeeded(handOut, answer) ? success(capture, handOut, asked, answer) : failure(handOut, answer);
    }

    private boolean succeeded(HandOut handOut, LegacyAnswer answer) {
        var success = handOut.success();
        return answer.status() == success.status()
                && success.location()
                        .map(path -> Redirect.of(answer, handOut.route().path(), origins)
                                .filter(target -> path.equals(plainPath(target)))
                                .isPresent())
                        .orElse(true)
                && success.field()
                        .map(field -> bodies.value(answer, field.pointer())
                                .filter(field.expected()::equals)
                                .isPresent())
                        .orElse(true);
    }

    private Meaning success(CaptureSettings capture, HandOut handOut, Asked asked, LegacyAnswer answer) {
        var success = handOut.success();
        var credential = credential(success, answer);
        boolean exchange = handOut.occasion() == CaptureSettings.Occasion.REFRESH; // the session is in order already
        if (credential.isEmpty()) {
            boolean kept = !exchange
                    && success.cookie().isPresent()
                    && !asked.cookies().isEmpty();
            return new Meaning.Unreadable(kept ? Reason.CREDENTIAL_FROM_CLIENT : Reason.NO_CREDENTIAL);
        }
        if (!exchange && asked.brought(new Carried(credential.get(), success.cookie()))) {
            return new Meaning.Unreadable(Reason.CREDENTIAL_FROM_CLIENT);
        }
        return owner.of(capture, success, credential.get(), asked.email(), answer)
                .<Meaning>map(admitted -> new Meaning.LetIn(admitted, destination(handOut, answer)))
                .orElseGet(() -> new Meaning.Unreadable(Reason.OF_NOBODY));
    }

    private Optional<String> destination(HandOut handOut, LegacyAnswer answer) {
        return Redirect.of(answer, handOut.route().path(), origins).map(CapturedLogin::plainPath);
    }

    /** Without path parameters: some servers put the id of a new session there. */
    private static String plainPath(URI target) {
        return target.getRawPath().replaceAll(";[^/]*", "");
    }

    private Optional<String> credential(Success success, LegacyAnswer answer) {
        if (success.cookie().isEmpty()) {
            return success.token().flatMap(pointer -> bodies.text(answer, pointer));
        }
        var name = success.cookie().get();
        var set = setCookies(answer).filter(cookie -> cookie.mayBe(name)).toList();
        return set.size() == 1
                        && set.getFirst().name().equals(name)
                        && !set.getFirst().deletes()
                ? Optional.of(set.getFirst().value())
                : Optional.empty();
    }

    /**
     * What a failure may be answered with. Frameworks set their session cookie on any page, so a failed login may set the very
     * cookie that a login makes the credential. That cookie is taken out of the answer, and the rest is passed on: to refuse
     * the whole answer would hide every wrong password of such a backend, and to pass the cookie on would hand out a session
     * wherever the config describes the success too narrowly. The client keeps the cookie that it got with the login page, so its
     * form stays good. From an answer that says neither yes nor no by its status, below 400, every cookie that sets something
     * is taken out: one that remembers the login may be among them.
     */
    private Meaning failure(HandOut handOut, LegacyAnswer answer) {
        boolean refusal = answer.status() >= 400;
        if (!refusal && !handOut.success().tellsFailures()) {
            return new Meaning.Unreadable(Reason.UNKNOWN);
        } else if (isEncoded(answer)) {
            return new Meaning.Unreadable(Reason.ENCODED);
        } else if (handOut.success()
                        .token()
                        .flatMap(pointer -> bodies.text(answer, pointer))
                        .isPresent()
                || holdsCredential(answer)) {
            return new Meaning.Unreadable(Reason.FAILURE_WITH_CREDENTIAL);
        }
        var rest = answer.without(header -> keptFromFailure(header, refusal));
        return repeatsCookie(answer, rest)
                ? new Meaning.Unreadable(Reason.FAILURE_WITH_CREDENTIAL)
                : new Meaning.TurnedAway(rest);
    }

    /** A server that does not know yet whether the client keeps cookies writes the id of a session into links as well. */
    private boolean repeatsCookie(LegacyAnswer answer, LegacyAnswer rest) {
        var texts = Stream.concat(
                        rest.headers().stream().map(Map.Entry::getValue),
                        Stream.of(new String(rest.body(), ISO_8859_1)))
                .toList();
        return setCookies(answer)
                .filter(cookie -> !cookie.deletes() && cookie.value().length() >= SHORTEST_SECRET)
                .filter(cookie -> cookies.stream().anyMatch(cookie::mayBe))
                .anyMatch(cookie -> texts.stream().anyMatch(text -> text.contains(cookie.value())));
    }

    private boolean keptFromFailure(Map.Entry<String, String> header, boolean refusal) {
        return header.getKey().equalsIgnoreCase("Set-Cookie")
                && SetCookie.of(header.getValue(), clock.instant())
                        .filter(cookie -> !cookie.deletes())
                        .filter(cookie -> !refusal || cookies.stream().anyMatch(cookie::mayBe))
                        .isPresent();
    }

    private Stream<SetCookie> setCookies(LegacyAnswer answer) {
        return answer.values("Set-Cookie").stream().flatMap(line -> SetCookie.of(line, clock.instant()).stream());
    }

    private static boolean isEncoded(LegacyAnswer answer) {
        return answer.values("Content-Encoding").stream()
                .anyMatch(encoding -> !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"));
    }

    /** A backend may hand out first and fail then. */
    private boolean holdsCredential(LegacyAnswer answer) {
        var headers = answer.headers().stream().map(Map.Entry::getValue);
        var body = Stream.of(new String(answer.body(), ISO_8859_1));
        return Stream.concat(headers, body)
                .flatMap(BETWEEN_WORDS::splitAsStream)
                .distinct()
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
}
