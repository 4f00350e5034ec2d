package io.portcullis.domain.session;

import java.time.Instant;

/**
 * What is kept of a credential.
 *
 * @param fingerprint the same for every spelling in which its maker would accept it, so that ending one ends all
 * @param expiresAt until when its maker would accept it
 */
public record Credential(Fingerprint fingerprint, Instant expiresAt) {}
