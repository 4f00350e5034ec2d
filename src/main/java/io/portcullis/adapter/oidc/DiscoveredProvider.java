package io.portcullis.adapter.oidc;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.error.Action;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.oidc.OidcLogin;
import io.portcullis.domain.oidc.OpenIdProvider;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenID provider of which only the issuer is configured: where it has what, it publishes. */
public final class DiscoveredProvider implements OpenIdProvider {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveredProvider.class);

    private final OidcSettings settings;
    private final URI redirectUri;
    private final URI afterLogout;
    private final ProviderHttp http;
    private final Published published;
    private final IdTokens idTokens;
    private final Claims claims;

    /**
     * Asks the provider for nothing yet: it may be down now.
     *
     * @param redirectUri where the provider sends browsers back to
     * @param afterLogout and where after a logout there
     */
    public DiscoveredProvider(
            OidcSettings settings, URI redirectUri, URI afterLogout, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.redirectUri = redirectUri;
        this.afterLogout = afterLogout;
        this.http = http;
        this.published = new Published(settings, http, clock);
        this.idTokens = new IdTokens(settings, published);
        this.claims = new Claims(settings);
    }

    @Override
    public String source() {
        return settings.name();
    }

    @Override
    public URI authorizationUrl(String state, OidcLogin login) {
        var scope = new Scope("openid");
        settings.scopes().forEach(scope::add);
        var endpoint = published.present(published.metadata().getAuthorizationEndpointURI(), "authorization_endpoint");
        return new AuthenticationRequest.Builder(ResponseType.CODE, scope, clientId(), redirectUri)
                .endpointURI(endpoint)
                .state(new State(state))
                .nonce(new Nonce(login.nonce()))
                .codeChallenge(new CodeVerifier(login.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public boolean answered(Optional<String> issuer) {
        return issuer.map(settings.issuer().toString()::equals)
                .orElseGet(() -> !published.metadata().supportsAuthorizationResponseIssuerParam());
    }

    @Override
    public Identity redeem(String code, OidcLogin login) {
        var tokens = tokens(code, login);
        if (tokens.getIDToken() == null) {
            throw published.unusable("its answer to a code has no ID token");
        }
        var proved = new JsonObject(
                idTokens.judge(tokens.getIDToken(), login.nonce()).toString());
        var known = claims.lackSomething(proved) ? withUserInfo(proved, tokens.getAccessToken()) : proved;
        return claims.identity(known).orElseThrow(() -> published.unusable("its ID token names nobody"));
    }

    private OIDCTokens tokens(String code, OidcLogin login) {
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), redirectUri, new CodeVerifier(login.verifier()));
        var endpoint = published.present(published.metadata().getTokenEndpointURI(), "token_endpoint");
        var answer = http.send(new TokenRequest.Builder(endpoint, authentication(), grant)
                .build()
                .toHTTPRequest());
        if (answer.getStatusCode() >= 500) {
            throw published.unusable("a code is answered " + answer.getStatusCode());
        }
        return switch (parsed(answer)) {
            case OIDCTokenResponse given -> given.getOIDCTokens();
            case TokenErrorResponse refused -> throw refusal(refused);
            default -> throw published.unusable("its answer to a code has no ID token");
        };
    }

    private TokenResponse parsed(HTTPResponse answer) {
        try {
            return OIDCTokenResponseParser.parse(answer);
        } catch (ParseException e) {
            throw published.unusable("its answer to a code cannot be read");
        }
    }

    /** What the code is to blame for starts over; all else is a mistake in the config, here or there. */
    private Refused refusal(TokenErrorResponse refused) {
        var error = refused.getErrorObject();
        if (error != null && "invalid_grant".equals(error.getCode())) {
            LOG.info("identity source {}: the OpenID provider does not take the code", settings.name());
            return new Refused(new Problem.TokenInvalid(Action.RESTART_LOGIN));
        }
        return published.unusable("it refuses us the ID token: " + (error == null ? "no reason" : error.getCode()));
    }

    private ClientAuthentication authentication() {
        var secret = new Secret(settings.clientSecret());
        var methods = published.metadata().getTokenEndpointAuthMethods();
        if (methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)) {
            return new ClientSecretBasic(clientId(), secret);
        } else if (methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)) {
            return new ClientSecretPost(clientId(), secret);
        }
        throw published.unusable("it takes neither client_secret_basic nor client_secret_post");
    }

    /** An answer that is of somebody else says nothing (section 5.3.4). */
    private JsonObject withUserInfo(JsonObject proved, AccessToken accessToken) {
        var endpoint = published.metadata().getUserInfoEndpointURI();
        if (endpoint == null) {
            return proved;
        }
        var answer = http.send(
                new UserInfoRequest(published.present(endpoint, "userinfo_endpoint"), accessToken).toHTTPRequest());
        if (answer.getStatusCode() != 200) {
            LOG.warn("identity source {}: userinfo is answered {}", settings.name(), answer.getStatusCode());
            return proved;
        }
        try {
            var more = new JsonObject(Optional.ofNullable(answer.getBody()).orElse(""));
            if (!proved.getValue("sub").equals(more.getValue("sub"))) {
                throw published.unusable("its userinfo is of somebody else");
            }
            return Claims.together(proved, more);
        } catch (DecodeException noJson) {
            throw published.unusable("its userinfo cannot be read");
        }
    }

    @Override
    public Optional<URI> logoutUrl() {
        return Optional.ofNullable(published.metadata().getEndSessionEndpointURI())
                .filter(ProviderUrl::isSafe)
                .map(endpoint -> new LogoutRequest(endpoint, null, null, clientId(), afterLogout, null, null).toURI());
    }

    private ClientID clientId() {
        return new ClientID(settings.clientId());
    }
}
