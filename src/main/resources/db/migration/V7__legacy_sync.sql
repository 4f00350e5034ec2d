-- Second factors that were turned on or off and whose legacy record has not heard of it, written in the transaction of the
-- change; a row is deleted when the legacy record has it. Of an account only the row with the lowest id is worked on, by
-- whoever pushed leased_until ahead.
CREATE TABLE legacy_sync (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    realm           text        NOT NULL,
    subject         text        NOT NULL,
    enabled         boolean     NOT NULL,
    occurred_at     timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    leased_until    timestamptz NOT NULL,
    last_error      text        NOT NULL DEFAULT '',
    CONSTRAINT legacy_sync_attempts_are_a_count CHECK (attempts >= 0)
);
CREATE INDEX legacy_sync_account ON legacy_sync (realm, subject, id);
CREATE INDEX legacy_sync_next_attempt_at ON legacy_sync (next_attempt_at);
