package io.portcullis.domain.directory;

import io.portcullis.domain.session.SourceSettings;

/** Accounts of the gateway's own: type {@code accounts}. */
public record AccountsSettings(String name, String realm) implements SourceSettings {}
