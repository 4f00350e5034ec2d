package io.portcullis.cli;

import io.portcullis.config.Settings;
import io.portcullis.domain.directory.AccountsSettings;
import java.util.stream.Collectors;

/** The realms whose accounts the gateway keeps itself. */
final class OwnRealms {
    private OwnRealms() {}

    /** Throws {@link CommandFailure} for any other. */
    static void check(Settings settings, String realm) {
        var realms = settings.identity(AccountsSettings.class).stream()
                .map(AccountsSettings::realm)
                .distinct()
                .toList();
        if (realms.isEmpty()) {
            throw new CommandFailure("the config file has no identity source of type accounts; add one, such as"
                    + " { name: local, type: accounts, realm: admin }");
        }
        if (!realms.contains(realm)) {
            throw new CommandFailure("no identity source of type accounts has the realm "
                    + AccountCommand.printable(realm) + "; the config file has "
                    + realms.stream().collect(Collectors.joining(", ")));
        }
    }
}
