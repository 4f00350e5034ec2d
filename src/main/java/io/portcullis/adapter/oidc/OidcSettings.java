package io.portcullis.adapter.oidc;

import io.portcullis.domain.session.SourceSettings;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code identity} source of type {@code oidc}.
 *
 * @param issuer to the letter as the provider writes it into its discovery and its tokens
 * @param clientId ours at the provider
 * @param scopes asked for besides {@code openid}
 * @param roles empty where the provider says nothing of roles
 */
public record OidcSettings(
        String name,
        String realm,
        URI issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        Optional<Roles> roles)
        implements SourceSettings {
    public OidcSettings {
        scopes = List.copyOf(scopes);
        boolean origin = issuer.getHost() != null
                && issuer.getRawUserInfo() == null
                && issuer.getRawQuery() == null
                && issuer.getRawFragment() == null;
        if (!origin || !ProviderUrl.isSafe(issuer)) {
            throw new IllegalArgumentException(
                    "issuer is an https URL without query or fragment; http only for one on this machine");
        }
    }

    /**
     * Roles from a claim.
     *
     * @param claim a claim's name, or a JSON pointer
     * @param map roles by the values of the claim; the first value that the person has decides
     * @param byDefault of a person who has none of them
     */
    public record Roles(String claim, Map<String, String> map, Optional<String> byDefault) {
        public Roles {
            map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
    }

    @Override
    public String toString() {
        return "OidcSettings[" + name + " at " + issuer + "]";
    }
}
