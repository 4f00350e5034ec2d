-- What is to be sent because of a change, written in its transaction; a row is deleted when it was sent. kind says what
-- it is and how payload reads; whoever works on a row pushes next_attempt_at ahead first.
CREATE TABLE outbox (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL,
    realm           text        NOT NULL,
    subject         text        NOT NULL,
    kind            text        NOT NULL,
    payload         jsonb       NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error      text        NOT NULL DEFAULT '',
    CONSTRAINT outbox_attempts_are_a_count CHECK (attempts >= 0)
);
CREATE INDEX outbox_next_attempt_at ON outbox (next_attempt_at);
CREATE INDEX outbox_at ON outbox (at);

-- For finding set-ups that were abandoned.
CREATE INDEX mfa_account_setup_expires_at ON mfa_account (setup_expires_at) WHERE setup_expires_at IS NOT NULL;
