package io.portcullis.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Seals the keys of one account, each for its column: a ciphertext copied to another row or column does not open. */
record KeySeal(SecretBox box, Account account) {
    enum Column {
        TEMPORARY_TOTP_KEY,
        TOTP_KEY
    }

    /** All columns that are sealed so. */
    static List<SealedColumn> sealedColumns() {
        return Stream.of(Column.values())
                .map(column -> new SealedColumn(
                        "mfa_account",
                        List.of("realm", "subject"),
                        column.name().toLowerCase(Locale.ROOT),
                        row -> place(new Account(row.getString("realm"), row.getString("subject")), column)))
                .toList();
    }

    Buffer seal(TotpKey key, Column column) {
        return Buffer.buffer(box.seal(key.stored().getBytes(UTF_8), place(account, column)));
    }

    TotpKey open(Buffer sealed, Column column) {
        return TotpKey.fromStored(new String(box.open(sealed.getBytes(), place(account, column)), UTF_8));
    }

    private static byte[] place(Account account, Column column) {
        return AssociatedData.of("mfa_account", column.name(), account.realm(), account.subject());
    }
}
