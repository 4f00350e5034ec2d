package io.portcullis.adapter.importing;

import io.portcullis.adapter.importing.ImportReport.Stop;
import io.portcullis.domain.error.Refused;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Brings the accounts of a file to where they belong, one after the other. Run again, it goes on where it stopped: what is
 * there already stays as it is.
 */
public final class Import {
    private final ImportTarget target;

    public Import(ImportTarget target) {
        this.target = target;
    }

    /** A dry run writes nothing and answers what would happen. */
    public ImportReport run(ImportFile file, boolean dryRun) {
        int imported = 0;
        int alreadyThere = 0;
        var conflicts = new ArrayList<Finding>();
        Optional<Stop> stop = Optional.empty();
        for (var account : file.accounts()) {
            try {
                switch (target.put(account, dryRun)) {
                    case IMPORTED -> imported++;
                    case ALREADY_THERE -> alreadyThere++;
                    case CONFLICT ->
                        conflicts.add(new Finding(
                                account.line(),
                                account.realm() + "/" + account.subject()
                                        + " has a second factor with another secret, which was left as it is"));
                }
            } catch (Refused storeIsDown) {
                int done = imported + alreadyThere + conflicts.size();
                stop = Optional.of(new Stop(account.line(), file.accounts().size() - done));
                break;
            }
        }
        return new ImportReport(dryRun, imported, alreadyThere, conflicts, file.problems(), file.warnings(), stop);
    }
}
