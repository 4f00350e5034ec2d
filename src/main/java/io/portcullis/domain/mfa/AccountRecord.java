package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Identity;

/** An account as it is stored: whom its identity source named last, and how its second factor stands. */
public record AccountRecord(
        Identity identity, Mfa mfa, Lockout lockout, long securityVersion, int recoveryCodesRemaining) {}
