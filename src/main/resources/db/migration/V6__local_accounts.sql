-- Accounts of the gateway's own. email is as it was given, email_key what it is compared by; password_hash is argon2id in
-- PHC format. The account's other half is in mfa_account: a change of this one raises its security_version.
CREATE TABLE local_account (
    realm         text        NOT NULL,
    subject       text        NOT NULL,
    email         text        NOT NULL,
    email_key     text        NOT NULL,
    role          text        NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL,
    PRIMARY KEY (realm, subject),
    CONSTRAINT local_account_email_is_of_one UNIQUE (realm, email_key),
    FOREIGN KEY (realm, subject) REFERENCES mfa_account,
    CONSTRAINT local_account_is_whole CHECK (email <> '' AND email_key <> '' AND role <> ''),
    CONSTRAINT local_account_password_is_hashed CHECK (password_hash LIKE '$argon2id$%')
);
