package io.portcullis.adapter.postgres;

import io.portcullis.adapter.postgres.KeySeal.Column;
import io.portcullis.domain.mfa.Authenticator;
import io.portcullis.domain.mfa.Enrollment;
import io.portcullis.domain.mfa.Mailbox;
import io.portcullis.domain.mfa.Mfa;
import io.portcullis.domain.mfa.Setup;
import io.portcullis.domain.session.Fingerprint;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine in the columns of an account's row. Each transition is one {@code UPDATE} whose guard is the rule: a
 * write that its guard refuses is a bug of whoever asked.
 */
record MfaColumns(KeySeal seal) {
    private static final String NO_SET_UP = """
            temporary_totp_key = NULL, temporary_email = NULL, setup_expires_at = NULL,
            enrollment_token = NULL, enrollment_session = NULL, enrollment_ripe_at = NULL,
            setup_recovery_codes = NULL""";

    /** Parameters of {@code assignments} and {@code guard} begin at {@code $3}. */
    record Update(String assignments, String guard, List<Optional<?>> parameters) {
        Update(String assignments, String guard, @Nullable Object... parameters) {
            this(
                    assignments,
                    guard,
                    Arrays.stream(parameters)
                            .<Optional<?>>map(Optional::ofNullable)
                            .toList());
        }

        /** As the client takes them. */
        @Nullable
        Object[] values() {
            var values = new @Nullable Object[parameters.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parameters.get(i).orElse(null);
            }
            return values;
        }
    }

    Mfa read(Row row) {
        return switch (row.getString("state")) {
            case "SETUP_IN_PROGRESS" -> new Mfa.SetupInProgress(setup(row).orElseThrow());
            case "ENABLED" ->
                new Mfa.Enabled(
                        Optional.ofNullable(row.getBuffer("totp_key"))
                                .map(key -> new Authenticator(
                                        seal.open(key, Column.TOTP_KEY), row.getLong("last_accepted_step"))),
                        Optional.ofNullable(row.getString("mailbox"))
                                .map(address -> new Mailbox(address, row.getBoolean("mailbox_provisional"))),
                        setup(row));
            default -> new Mfa.Disabled();
        };
    }

    private Optional<Setup> setup(Row row) {
        var expiresAt = row.getOffsetDateTime("setup_expires_at");
        if (expiresAt == null) {
            return Optional.empty();
        }
        var key = row.getBuffer("temporary_totp_key");
        var enrollment = key == null
                ? new Enrollment.Email(row.getString("temporary_email"))
                : new Enrollment.Totp(seal.open(key, Column.TEMPORARY_TOTP_KEY));
        var token = Optional.ofNullable(row.getString("enrollment_token"))
                .map(digest -> new Setup.Token(
                        new Fingerprint(digest),
                        new Fingerprint(row.getString("enrollment_session")),
                        Optional.ofNullable(row.getOffsetDateTime("enrollment_ripe_at"))
                                .map(OffsetDateTime::toInstant)));
        return Optional.of(new Setup(enrollment, expiresAt.toInstant(), token, recoveryCodes(row)));
    }

    private static Map<String, String> recoveryCodes(Row row) {
        var stored = row.getJsonObject("setup_recovery_codes");
        if (stored == null) {
            return Map.of();
        }
        var hashes = new HashMap<String, String>();
        stored.forEach(code -> hashes.put(code.getKey(), (String) code.getValue()));
        return hashes;
    }

    /** The writes that make one of the other. */
    List<Update> updates(Mfa before, Mfa next) {
        return switch (next) {
            case Mfa.Disabled disabled ->
                List.of(new Update(
                        "state = 'DISABLED', totp_key = NULL, last_accepted_step = NULL, mailbox = NULL,"
                                + " mailbox_provisional = NULL, " + NO_SET_UP,
                        "true"));
            case Mfa.SetupInProgress running ->
                // a temporary key never overwrites an enabled one
                List.of(setUp("state = 'SETUP_IN_PROGRESS', ", "state <> 'ENABLED'", running.setup()));
            case Mfa.Enabled enabled ->
                before instanceof Mfa.Enabled already ? changed(already, enabled) : List.of(enabled(enabled));
        };
    }

    private Update setUp(String state, String guard, Setup setup) {
        return new Update(
                state
                        + "temporary_totp_key = $3, temporary_email = $4, setup_expires_at = $5, enrollment_token = $6,"
                        + " enrollment_session = $7, enrollment_ripe_at = $8, setup_recovery_codes = $9",
                guard,
                setup.enrollment() instanceof Enrollment.Totp totp
                        ? seal.seal(totp.key(), Column.TEMPORARY_TOTP_KEY)
                        : null,
                setup.enrollment() instanceof Enrollment.Email email ? email.address() : null,
                time(setup.expiresAt()),
                setup.token().map(token -> token.digest().value()).orElse(null),
                setup.token().map(token -> token.session().value()).orElse(null),
                setup.token().flatMap(Setup.Token::ripeAt).map(MfaColumns::time).orElse(null),
                setup.recoveryCodes().isEmpty() ? null : new JsonObject(new HashMap<>(setup.recoveryCodes())));
    }

    private Update enabled(Mfa.Enabled next) {
        return new Update(
                "state = 'ENABLED', totp_key = $3, last_accepted_step = $4, mailbox = $5, mailbox_provisional = $6, "
                        + NO_SET_UP,
                "state = 'SETUP_IN_PROGRESS'",
                next.totp().map(app -> seal.seal(app.key(), Column.TOTP_KEY)).orElse(null),
                next.totp().map(Authenticator::lastAcceptedStep).orElse(null),
                next.email().map(Mailbox::address).orElse(null),
                next.email().map(Mailbox::provisional).orElse(null));
    }

    private List<Update> changed(Mfa.Enabled before, Mfa.Enabled next) {
        var updates = new ArrayList<Update>();
        if (!before.totp().equals(next.totp())) {
            updates.add(app(before.totp(), next.totp()));
        }
        if (!before.email().equals(next.email())) {
            updates.add(mailbox(next.email()));
        }
        if (!before.addition().equals(next.addition())) {
            updates.add(next.addition()
                    .map(setup -> setUp("", "state = 'ENABLED'", setup))
                    .orElseGet(() -> new Update(NO_SET_UP, "state = 'ENABLED'")));
        }
        return updates;
    }

    private static Update mailbox(Optional<Mailbox> next) {
        if (next.isEmpty()) {
            return new Update(
                    "mailbox = NULL, mailbox_provisional = NULL", "state = 'ENABLED' AND totp_key IS NOT NULL");
        }
        return new Update(
                "mailbox = $3, mailbox_provisional = $4",
                "state = 'ENABLED' AND mailbox_provisional IS NOT FALSE", // a lasting one is never replaced
                next.get().address(),
                next.get().provisional());
    }

    private Update app(Optional<Authenticator> before, Optional<Authenticator> next) {
        if (next.isEmpty()) { // a provisional mailbox is never left alone
            return new Update(
                    "totp_key = NULL, last_accepted_step = NULL", "state = 'ENABLED' AND mailbox_provisional IS FALSE");
        }
        var app = next.get();
        if (before.isEmpty()) {
            return new Update(
                    "totp_key = $3, last_accepted_step = $4",
                    "state = 'ENABLED' AND totp_key IS NULL",
                    seal.seal(app.key(), Column.TOTP_KEY),
                    app.lastAcceptedStep());
        }
        if (!before.get().sameKey(app)) {
            throw new IllegalStateException("an enabled key is never replaced by another");
        }
        return new Update(
                "last_accepted_step = $3", "state = 'ENABLED' AND last_accepted_step < $3", app.lastAcceptedStep());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
