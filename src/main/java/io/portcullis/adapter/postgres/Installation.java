package io.portcullis.adapter.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.portcullis.adapter.crypto.AssociatedData;
import io.portcullis.adapter.crypto.HmacKey;
import io.portcullis.adapter.crypto.SecretBox;
import io.portcullis.adapter.crypto.SecretBox.SealBroken;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.List;

/** Whether a process has the secrets that its database has been used with. */
public final class Installation {
    private static final byte[] WORD = "portcullis".getBytes(US_ASCII);
    private static final byte[] PLACE = AssociatedData.of("installation");

    private Installation() {}

    /**
     * The first process leaves its mark, each later one compares. A keyset that was rotated still opens the mark, which is
     * sealed anew with all other secrets. Blocks.
     *
     * @throws IllegalArgumentException when a secret is another one than before; the message says which
     */
    public static void check(Postgres postgres, SecretBox box, String pepper) {
        var peppered = HmacKey.derive(pepper, "portcullis installation v1").mac(WORD);
        var row = postgres.inTransaction(statements -> {
            statements.run(
                    "INSERT INTO installation (sealed, peppered) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                    Buffer.buffer(box.seal(WORD, PLACE)),
                    Buffer.buffer(peppered));
            return statements
                    .run("SELECT sealed, peppered FROM installation")
                    .iterator()
                    .next();
        });
        if (!MessageDigest.isEqual(row.getBuffer("peppered").getBytes(), peppered)) {
            throw new IllegalArgumentException(
                    "secrets.pepper is not the one that this database was used with:"
                            + " recovery codes, outstanding codes and the audit chain would be worthless; give back the old one");
        }
        open(box, row.getBuffer("sealed").getBytes());
    }

    static SealedColumn sealedColumn() {
        return new SealedColumn("installation", List.of("only_one"), "sealed", row -> PLACE);
    }

    @SuppressWarnings("UnusedException") // what it says is said better here
    private static void open(SecretBox box, byte[] sealed) {
        try {
            box.open(sealed, PLACE);
        } catch (SealBroken another) {
            throw new IllegalArgumentException("secrets.encryption is no keyset that this database was used with:"
                    + " no secret of an authenticator app would open; give back the old one");
        }
    }
}
