package io.portcullis.adapter.identity;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.Credential;
import io.portcullis.domain.session.IdentitySource;
import io.portcullis.domain.session.OwnToken;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a credential to a legacy route, as a request of its owner would, and takes the account from the answer. A route that
 * does not answer, or not understandably, says nothing about anybody: such a request is refused as an outage.
 */
public final class IntrospectionSource implements IdentitySource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionSource.class);

    /** RFC 6750, section 2.1. */
    private static final Pattern BEARER = Pattern.compile("[0-9A-Za-z._~+/-]+=*");

    /** RFC 6265, section 4.1.1. */
    private static final Pattern COOKIE_VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]+");

    private static final int LONGEST = 8 * 1024;
    private static final int LARGEST_ANSWER = 256 * 1024;

    private final IntrospectionSettings settings;
    private final Introspection<Identity> introspection;
    private final Claim subject;
    private final Claim email;
    private final Claim role;
    private final Duration sessionTtl;
    private final InstantSource clock;
    private final Runnable atClose;

    /** A source that asks the route of the settings; {@code sessionTtl} is what its sessions live at the most. */
    public static IntrospectionSource at(
            IntrospectionSettings settings, Duration sessionTtl, Vertx vertx, InstantSource clock) {
        var endpoint = new HttpEndpoint(
                vertx, settings.url(), settings.ca(), settings.timeout(), LARGEST_ANSWER, Introspection.AT_ONCE);
        return new IntrospectionSource(settings, sessionTtl, endpoint::get, clock, endpoint::close);
    }

    IntrospectionSource(
            IntrospectionSettings settings,
            Duration sessionTtl,
            Function<Map<String, String>, HttpEndpoint.Answer> route,
            InstantSource clock,
            Runnable atClose) {
        this.settings = settings;
        this.introspection =
                new Introspection<>(credential -> identity(route.apply(header(credential))), settings.cache(), clock);
        this.subject = Claim.at(settings.claims().subject());
        this.email = Claim.at(settings.claims().email());
        this.role = Claim.at(settings.claims().role());
        this.sessionTtl = sessionTtl;
        this.clock = clock;
        this.atClose = atClose;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public boolean reads(Carried carried) {
        return settings.cookie().equals(carried.cookie());
    }

    @Override
    public boolean asksElsewhere() {
        return true;
    }

    @Override
    public Optional<Recognized> recognize(String credential) {
        return mayBeShown(credential)
                ? introspection
                        .ask(credential)
                        .map(answer -> new Recognized(
                                answer.what(),
                                List.of(),
                                Optional.empty(),
                                new Credential(
                                        new Carried(credential, settings.cookie()).fingerprint(),
                                        clock.instant().plus(sessionTtl)),
                                answer.until()))
                : Optional.empty();
    }

    /** Not what is ours, nor what would be more than one value where it is put. */
    private boolean mayBeShown(String credential) {
        return !OwnToken.is(credential)
                && credential.length() <= LONGEST
                && (settings.cookie().isPresent() ? COOKIE_VALUE : BEARER)
                        .matcher(credential)
                        .matches();
    }

    private Map<String, String> header(String credential) {
        return settings.cookie()
                .map(name -> Map.of("Cookie", name + "=" + credential))
                .orElseGet(() -> Map.of("Authorization", "Bearer " + credential));
    }

    private Optional<Identity> identity(HttpEndpoint.Answer answer) {
        return switch (answer.status()) {
            case 200 -> named(answer.body());
            case 301, 302, 303, 307, 308, 400, 401, 403, 404, 422 -> Optional.empty();
            default -> throw unclear("the answer is " + answer.status());
        };
    }

    /** A session that nobody has logged in to is told by some as JSON without a user. */
    private Optional<Identity> named(byte[] body) {
        var user = object(body);
        if (user.isEmpty() || subject.absent(user.get())) {
            return Optional.empty();
        }
        var id = subject.id(user.get())
                .orElseThrow(() -> unclear("its answer has no text and no whole number at claims.subject"));
        return Optional.of(
                new Identity(new Account(settings.realm(), id), email.text(user.get()), role.text(user.get())));
    }

    private Optional<JsonObject> object(byte[] body) {
        try {
            var json = Json.decodeValue(Buffer.buffer(body));
            if (json == null || json instanceof JsonObject) {
                return Optional.ofNullable((JsonObject) json);
            }
        } catch (DecodeException notJson) {
            // told below
        }
        throw unclear("its answer is no JSON object");
    }

    private Refused unclear(String why) {
        LOG.warn("identity {}: {}", settings.name(), why);
        return new Refused(new Problem.UpstreamUnavailable());
    }

    @Override
    public void close() {
        atClose.run();
    }
}
