-- A second factor may be an app, codes by mail, or both; while one is enabled the other may be set up.
ALTER TABLE mfa_account
    ADD COLUMN temporary_email text,
    -- SHA-256 of the token that confirms the set-up without a code, and of the credential whose session it was made for.
    ADD COLUMN enrollment_token text,
    ADD COLUMN enrollment_session text,
    ADD COLUMN enrollment_ripe_at timestamptz,
    ADD COLUMN mailbox text,
    ADD COLUMN mailbox_provisional boolean,
    -- Whom the identity source named last, and the language of notices.
    ADD COLUMN email text,
    ADD COLUMN role text,
    ADD COLUMN language text,
    DROP COLUMN failure_window_start,
    ADD COLUMN failure_times timestamptz[] NOT NULL DEFAULT '{}';
UPDATE mfa_account SET failure_times = array_fill(now(), ARRAY[failures]) WHERE failures > 0;

ALTER TABLE mfa_account
    DROP CONSTRAINT mfa_account_counts_are_counts,
    DROP CONSTRAINT mfa_account_state_holds_its_own;
ALTER TABLE mfa_account
    DROP COLUMN failures,
    ADD CONSTRAINT mfa_account_counts_are_counts CHECK (security_version >= 0 AND failures_in_a_row >= 0 AND locks >= 0),
    ADD CONSTRAINT mfa_account_state_holds_its_own CHECK (
        CASE state
            WHEN 'DISABLED' THEN
                num_nonnulls(temporary_totp_key, temporary_email) = 0 AND totp_key IS NULL AND mailbox IS NULL
            WHEN 'SETUP_IN_PROGRESS' THEN
                num_nonnulls(temporary_totp_key, temporary_email) = 1 AND totp_key IS NULL AND mailbox IS NULL
            WHEN 'ENABLED' THEN
                num_nonnulls(temporary_totp_key, temporary_email) <= 1 AND num_nonnulls(totp_key, mailbox) >= 1
            ELSE false
        END),
    ADD CONSTRAINT mfa_account_set_up_is_whole CHECK (
        (setup_expires_at IS NOT NULL) = (num_nonnulls(temporary_totp_key, temporary_email) = 1)),
    ADD CONSTRAINT mfa_account_methods_are_whole CHECK (
        (totp_key IS NULL) = (last_accepted_step IS NULL) AND (mailbox IS NULL) = (mailbox_provisional IS NULL)),
    ADD CONSTRAINT mfa_account_enrollment_token_is_whole CHECK (
        num_nonnulls(enrollment_token, enrollment_session, enrollment_ripe_at) IN (0, 3)
        AND (enrollment_token IS NULL OR temporary_totp_key IS NOT NULL));
