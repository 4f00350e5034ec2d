package io.portcullis.domain.account;

import java.util.Optional;

/** What an identity source says of an account. */
public record Identity(Account account, Optional<String> email, Optional<String> role) {}
