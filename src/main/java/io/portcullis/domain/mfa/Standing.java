package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the gate needs to know of an account.
 *
 * @param methods set up and enabled; without recovery codes, which are no method of their own
 * @param credentialRevoked whether the credential it was asked about was ended
 * @param credentialsValidSince when all sessions of the account were ended last
 */
public record Standing(
        MfaState state,
        Set<Method> methods,
        long securityVersion,
        int recoveryCodesRemaining,
        boolean credentialRevoked,
        Optional<Instant> credentialsValidSince) {}
