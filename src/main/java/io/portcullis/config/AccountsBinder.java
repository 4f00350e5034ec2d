package io.portcullis.config;

import io.portcullis.domain.directory.AccountsSettings;

/** {@code identity}, type {@code accounts}. */
final class AccountsBinder {
    private AccountsBinder() {}

    static AccountsSettings settings(Value section) {
        return new AccountsSettings(section.at("name").text(), IdentityBinder.realm(section));
    }
}
