package io.portcullis.adapter.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a provider publishes: its discovery document (OpenID Connect Discovery 1.0) and its keys (RFC 7517). */
final class Published {
    private static final Logger LOG = LoggerFactory.getLogger(Published.class);

    private final OidcSettings settings;
    private final ProviderHttp http;
    private final Fetched<OIDCProviderMetadata> metadata;
    private final Fetched<JWKSet> keys;

    Published(OidcSettings settings, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.metadata = new Fetched<>(this::discover, clock);
        this.keys = new Fetched<>(this::fetchKeys, clock);
    }

    /** @throws Refused when it is not known and the provider does not say it */
    OIDCProviderMetadata metadata() {
        return metadata.get();
    }

    /**
     * The keys that may have signed; asked for anew where none is known.
     *
     * @throws Refused when none are known and the provider does not say them
     */
    List<JWK> keys(JWKMatcher signer) {
        var selector = new JWKSelector(signer);
        var known = selector.select(keys.get());
        return known.isEmpty() ? keys.newer().map(selector::select).orElse(known) : known;
    }

    private OIDCProviderMetadata discover() {
        var issuer = new Issuer(settings.issuer());
        var answer = ok(new OIDCProviderConfigurationRequest(issuer).toHTTPRequest());
        try {
            var found = OIDCProviderMetadata.parse(answer.getBodyAsJSONObject());
            if (!found.getIssuer().equals(issuer)) {
                throw unusable("its discovery document is of issuer " + found.getIssuer());
            }
            return found;
        } catch (ParseException e) {
            throw unusable("its discovery document cannot be read: " + e.getMessage());
        }
    }

    private JWKSet fetchKeys() {
        var answer = ok(request(present(metadata().getJWKSetURI(), "jwks_uri")));
        try {
            return JWKSet.parse(Optional.ofNullable(answer.getBody()).orElse(""));
        } catch (java.text.ParseException e) {
            throw unusable("its keys cannot be read");
        }
    }

    private HTTPResponse ok(HTTPRequest request) {
        var answer = http.send(request);
        if (answer.getStatusCode() != 200) {
            throw unusable(request.getURI().getPath() + " is answered " + answer.getStatusCode());
        }
        return answer;
    }

    static HTTPRequest request(URI url) {
        return new HTTPRequest(HTTPRequest.Method.GET, url);
    }

    /** An endpoint that has to be there, and has to be safe. */
    URI present(@Nullable URI endpoint, String name) {
        if (endpoint == null || !ProviderUrl.isSafe(endpoint)) {
            throw unusable("its discovery document has no " + name + " with https");
        }
        return endpoint;
    }

    /** Told to the operator; the person is told that the provider does not serve. */
    Refused unusable(String why) {
        LOG.warn("identity source {}: the OpenID provider {}: {}", settings.name(), settings.issuer(), why);
        return new Refused(new Problem.UpstreamUnavailable());
    }
}
