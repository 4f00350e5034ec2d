package io.portcullis.domain.mfa;

import java.util.List;
import java.util.Set;

/**
 * From where the second factor of whom is skipped; nowhere and nobody's while one of both is empty.
 *
 * @param networks in CIDR form
 */
public record TrustedNetworkSettings(List<String> networks, Set<String> roles) {
    public static final TrustedNetworkSettings NONE = new TrustedNetworkSettings(List.of(), Set.of());

    public TrustedNetworkSettings {
        networks = List.copyOf(networks);
        roles = Set.copyOf(roles);
    }
}
