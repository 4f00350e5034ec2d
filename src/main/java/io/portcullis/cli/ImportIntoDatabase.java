package io.portcullis.cli;

import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.adapter.crypto.RecoveryCodeHasher;
import io.portcullis.adapter.importing.AccountTarget;
import io.portcullis.adapter.importing.ImportTarget;
import io.portcullis.adapter.importing.ImportedAccount;
import io.portcullis.config.Settings;
import io.portcullis.domain.operator.ImportAccount;
import io.portcullis.domain.operator.Operator;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The gateway's PostgreSQL as the place where accounts are imported. */
final class ImportIntoDatabase implements ImportCommand.OpenTarget {
    private final Database database;
    private final ImportTarget target;

    private ImportIntoDatabase(Database database, ImportTarget target) {
        this.database = database;
        this.target = target;
    }

    static ImportIntoDatabase open(Settings settings, Operator operator) {
        var database = Database.open(settings);
        var pepper = settings.secrets().orElseThrow().pepper();
        var threads = new HashThreads(Runtime.getRuntime().availableProcessors());
        var target = database.ask(postgres -> new AccountTarget(
                new ImportAccount(OperatorStores.accounts(postgres, settings), InstantSource.system()),
                new RecoveryCodeHasher(pepper, threads, new SecureRandom()),
                operator));
        return new ImportIntoDatabase(database, target);
    }

    @Override
    public Result put(ImportedAccount account, boolean dryRun) {
        return target.put(account, dryRun);
    }

    @Override
    public void close() {
        database.close();
    }
}
