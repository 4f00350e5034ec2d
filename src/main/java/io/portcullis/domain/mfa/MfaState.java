package io.portcullis.domain.mfa;

/** The three states, as the API names them. Only {@code ENABLED} is enforced. */
public enum MfaState {
    DISABLED,
    SETUP_IN_PROGRESS,
    ENABLED
}
