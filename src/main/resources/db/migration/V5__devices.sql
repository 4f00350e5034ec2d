-- Clients that an account was used by: a network, and the SHA-256 of a user agent without its version numbers.
CREATE TABLE known_client (
    realm             text        NOT NULL,
    subject           text        NOT NULL,
    network           text        NOT NULL,
    user_agent_digest text        NOT NULL,
    first_seen        timestamptz NOT NULL,
    last_seen         timestamptz NOT NULL,
    PRIMARY KEY (realm, subject, network, user_agent_digest),
    FOREIGN KEY (realm, subject) REFERENCES mfa_account ON DELETE CASCADE
);

-- Devices that stand in for a second factor. token_digest is the SHA-256 of the token in the device's cookie, base64url:
-- each login changes it, and the row count of that change decides who is let in.
CREATE TABLE remembered_device (
    id               text        PRIMARY KEY,
    token_digest     text        NOT NULL UNIQUE,
    realm            text        NOT NULL,
    subject          text        NOT NULL,
    security_version bigint      NOT NULL,
    method           text        NOT NULL,
    verified_at      timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    last_used_at     timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    address          text        NOT NULL,
    user_agent       text        NOT NULL,
    FOREIGN KEY (realm, subject) REFERENCES mfa_account ON DELETE CASCADE,
    -- A device or a network proves nothing, and a recovery code remembers no device.
    CONSTRAINT remembered_device_was_proved CHECK (method IN ('totp', 'email', 'webauthn')),
    CONSTRAINT remembered_device_has_a_time CHECK (verified_at <= created_at AND created_at < expires_at)
);
CREATE INDEX remembered_device_account ON remembered_device (realm, subject);
CREATE INDEX remembered_device_expires_at ON remembered_device (expires_at);
