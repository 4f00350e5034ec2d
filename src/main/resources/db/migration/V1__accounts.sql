-- One row an account. What exists in a state and what does not is the rule of the table, not of its callers.
CREATE TABLE mfa_account (
    realm                  text        NOT NULL,
    subject                text        NOT NULL,
    state                  text        NOT NULL DEFAULT 'DISABLED',
    temporary_totp_key     bytea,
    setup_expires_at       timestamptz,
    totp_key               bytea,
    last_accepted_step     bigint,
    security_version       bigint      NOT NULL DEFAULT 0,
    -- When the version rose last: a token made before is of a session that ended then.
    credentials_valid_since timestamptz,
    failures               integer     NOT NULL DEFAULT 0,
    failure_window_start   timestamptz,
    failures_in_a_row      integer     NOT NULL DEFAULT 0,
    locks                  integer     NOT NULL DEFAULT 0,
    locked_until           timestamptz,
    PRIMARY KEY (realm, subject),
    CONSTRAINT mfa_account_is_named CHECK (realm <> '' AND subject <> ''),
    CONSTRAINT mfa_account_state_holds_its_own CHECK (
        CASE state
            WHEN 'DISABLED' THEN
                temporary_totp_key IS NULL AND setup_expires_at IS NULL
                AND totp_key IS NULL AND last_accepted_step IS NULL
            WHEN 'SETUP_IN_PROGRESS' THEN
                temporary_totp_key IS NOT NULL AND setup_expires_at IS NOT NULL
                AND totp_key IS NULL AND last_accepted_step IS NULL
            WHEN 'ENABLED' THEN
                temporary_totp_key IS NULL AND setup_expires_at IS NULL
                AND totp_key IS NOT NULL AND last_accepted_step IS NOT NULL
            ELSE false
        END),
    CONSTRAINT mfa_account_counts_are_counts CHECK (
        security_version >= 0 AND failures >= 0 AND failures_in_a_row >= 0 AND locks >= 0)
);

-- hash is argon2id in PHC format; code_index is the first two letters of the code.
CREATE TABLE recovery_code (
    realm      text NOT NULL,
    subject    text NOT NULL,
    code_index text NOT NULL,
    hash       text NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (realm, subject, code_index),
    FOREIGN KEY (realm, subject) REFERENCES mfa_account
);

-- Credentials that were ended before their time; fingerprint is SHA-256, base64url.
CREATE TABLE revoked_credential (
    fingerprint text        PRIMARY KEY,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX revoked_credential_expires_at ON revoked_credential (expires_at);

CREATE TABLE audit_event (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    realm      text        NOT NULL,
    subject    text        NOT NULL,
    type       text        NOT NULL,
    actor      text        NOT NULL,
    address    text        NOT NULL,
    user_agent text        NOT NULL,
    request_id text        NOT NULL,
    detail     text        NOT NULL
);
CREATE INDEX audit_event_account ON audit_event (realm, subject, id DESC);

CREATE FUNCTION refuse_change_of_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed or deleted' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event();
