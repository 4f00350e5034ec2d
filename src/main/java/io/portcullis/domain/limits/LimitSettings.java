package io.portcullis.domain.limits;

import java.time.Duration;

/**
 * How often something may be tried. No limit can be switched off.
 *
 * @param sendCodeAccount codes sent to one account
 * @param sendCodeAddress codes asked for from one address, for whatever account
 * @param loginFailures wrong passwords of one e-mail from one address
 * @param oidcStarts logins begun at an OpenID provider from one address
 */
public record LimitSettings(Rate sendCodeAccount, Rate sendCodeAddress, Rate loginFailures, Rate oidcStarts) {
    private static final int MOST = 1000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public static final LimitSettings DEFAULTS = new LimitSettings(
            new Rate(5, Duration.ofHours(1)),
            new Rate(20, Duration.ofHours(1)),
            new Rate(10, Duration.ofMinutes(15)),
            new Rate(30, Duration.ofMinutes(5)));

    public LimitSettings {
        check("limits.sendCode.account", sendCodeAccount);
        check("limits.sendCode.address", sendCodeAddress);
        check("limits.login.failures", loginFailures);
        check("limits.oidc.starts", oidcStarts);
    }

    private static void check(String key, Rate rate) {
        boolean fits = rate.count() >= 1
                && rate.count() <= MOST
                && rate.window().compareTo(SHORTEST) >= 0
                && rate.window().compareTo(LONGEST) <= 0;
        if (!fits) {
            throw new IllegalArgumentException(key + " is from 1 to 1000 in a window from 1s to 24h");
        }
    }
}
