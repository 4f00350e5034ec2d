-- The audit log as a chain: each row's hash is an HMAC over the hash before it and over the row. The key is not in the
-- database, so SQL cannot chain the rows that are there already. They were written by versions before the first release:
-- they are kept as they are, append-only, in a table that nothing reads; where there are none, nothing is left of it.
LOCK TABLE audit_event;
DO $$
BEGIN
    IF EXISTS (SELECT FROM audit_event) THEN
        ALTER TABLE audit_event RENAME TO audit_event_before_chain;
        ALTER INDEX audit_event_pkey RENAME TO audit_event_before_chain_pkey;
        ALTER INDEX audit_event_account RENAME TO audit_event_before_chain_account;
        ALTER SEQUENCE audit_event_id_seq RENAME TO audit_event_before_chain_id_seq;
    ELSE
        DROP TABLE audit_event;
    END IF;
END
$$;

-- One partition a month (UTC) and no default one: retention drops whole partitions.
CREATE TABLE audit_event (
    id         bigint      NOT NULL,
    at         timestamptz NOT NULL,
    realm      text        NOT NULL,
    subject    text        NOT NULL,
    type       text        NOT NULL,
    outcome    text        NOT NULL,
    actor      text        NOT NULL,
    address    text        NOT NULL,
    user_agent text        NOT NULL,
    request_id text        NOT NULL,
    detail     text        NOT NULL,
    hash       bytea       NOT NULL,
    PRIMARY KEY (id, at),
    CONSTRAINT audit_event_outcome CHECK (outcome IN ('success', 'failure')),
    CONSTRAINT audit_event_is_chained CHECK (id > 0 AND octet_length(hash) = 32)
) PARTITION BY RANGE (at);
CREATE INDEX audit_event_account ON audit_event (realm, subject, id DESC);
CREATE INDEX audit_event_type ON audit_event (type, at);

-- For each row, since only such a trigger is on every partition too: a statement may name a partition itself.
CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_event();
CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event();

-- The end of the chain. Whoever appends locks it, last of all, so that the order of the ids is the order of the commits.
CREATE TABLE audit_head (
    one       boolean PRIMARY KEY DEFAULT true,
    last_id   bigint  NOT NULL,
    last_hash bytea   NOT NULL,
    CONSTRAINT audit_head_is_one_row CHECK (one)
);
INSERT INTO audit_head (last_id, last_hash) VALUES (0, '');
CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event();

-- Ranges of ids that retention dropped, each with the hash after which the chain goes on, sealed by the same key. One
-- row, unless instances whose clocks differed wrote into two months in turn.
CREATE TABLE audit_dropped (
    first_id  bigint PRIMARY KEY,
    last_id   bigint NOT NULL,
    last_hash bytea  NOT NULL,
    seal      bytea  NOT NULL,
    CONSTRAINT audit_dropped_is_a_range CHECK (first_id > 0 AND first_id <= last_id)
);

-- Makes the partition of a time unless it is there. ATTACH, unlike PARTITION OF, lets others go on writing meanwhile.
CREATE FUNCTION make_audit_event_month(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
    name  text      := 'audit_event_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(8143, 1); -- instances ask for a new month at the same moment
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE audit_event INCLUDING CONSTRAINTS)', name);
        EXECUTE format('CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event()', name);
        EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name,
                       to_char(month, 'YYYY-MM-DD 00:00:00+00'),
                       to_char(month + interval '1 month', 'YYYY-MM-DD 00:00:00+00'));
    END IF;
END
$$;
