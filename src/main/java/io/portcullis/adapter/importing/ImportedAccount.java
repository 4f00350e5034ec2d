package io.portcullis.adapter.importing;

import io.portcullis.adapter.crypto.ForeignCodeHash;
import io.portcullis.domain.code.TotpKey;
import java.util.List;

/**
 * One entry of an import file that is right in itself.
 *
 * @param line of the file where it begins, from 1
 * @param email empty where the file has none
 * @param backupCodes those not used yet, in the order of the file; none is twice there
 */
public record ImportedAccount(
        int line, String realm, String subject, String email, TotpKey key, List<ForeignCodeHash> backupCodes) {
    public ImportedAccount {
        backupCodes = List.copyOf(backupCodes);
    }
}
