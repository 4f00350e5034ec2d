package io.portcullis.config;

import io.portcullis.domain.directory.AccountsSettings;
import io.portcullis.yaml.Value;

/** {@code identity}, type {@code accounts}. */
final class AccountsBinder {
    private AccountsBinder() {}

    static AccountsSettings settings(Value section) {
        return new AccountsSettings(section.at("name").text(), IdentityBinder.realm(section));
    }
}
