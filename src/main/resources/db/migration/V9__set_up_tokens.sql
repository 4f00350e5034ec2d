-- Every set-up has a token that names it, of the session that began it. Where enrollment_ripe_at is there, it confirms the
-- set-up without a code, too, from then on. A set-up from before has none.
ALTER TABLE mfa_account
    -- Recovery codes that were shown with a first set-up and become the account's when it is confirmed: argon2id hashes in
    -- PHC format by the first two letters of the code.
    ADD COLUMN setup_recovery_codes jsonb,
    DROP CONSTRAINT mfa_account_enrollment_token_is_whole,
    ADD CONSTRAINT mfa_account_set_up_token_is_whole CHECK (
        num_nonnulls(enrollment_token, enrollment_session) IN (0, 2)
        AND (enrollment_token IS NULL OR setup_expires_at IS NOT NULL)),
    ADD CONSTRAINT mfa_account_first_app_alone_is_confirmed_by_token CHECK (
        enrollment_ripe_at IS NULL
        OR (enrollment_token IS NOT NULL AND temporary_totp_key IS NOT NULL AND state = 'SETUP_IN_PROGRESS')),
    ADD CONSTRAINT mfa_account_first_set_up_alone_shows_recovery_codes CHECK (
        setup_recovery_codes IS NULL
        OR (state = 'SETUP_IN_PROGRESS' AND jsonb_typeof(setup_recovery_codes) = 'object' AND setup_recovery_codes <> '{}'));
