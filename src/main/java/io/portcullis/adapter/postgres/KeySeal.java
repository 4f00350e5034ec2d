package io.portcullis.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.mfa.TotpKey;
import io.vertx.core.buffer.Buffer;

/** Seals the keys of one account, each for its column: a ciphertext copied to another row or column does not open. */
record KeySeal(SecretBox box, Account account) {
    enum Column {
        TEMPORARY_TOTP_KEY,
        TOTP_KEY
    }

    Buffer seal(TotpKey key, Column column) {
        return Buffer.buffer(box.seal(key.stored().getBytes(UTF_8), place(column)));
    }

    TotpKey open(Buffer sealed, Column column) {
        return TotpKey.fromStored(new String(box.open(sealed.getBytes(), place(column)), UTF_8));
    }

    private byte[] place(Column column) {
        return AssociatedData.of("mfa_account", column.name(), account.realm(), account.subject());
    }
}
