package io.portcullis.domain;

import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the gateway itself keeps of one account. Knows nothing of others with the same e-mail. */
record InMemoryLocalRecord(InMemoryWork work) implements LocalRecord {
    @Override
    public Optional<LocalAccount> read() {
        return work.local;
    }

    @Override
    public boolean add(LocalAccount account, Instant at) {
        boolean isNew = work.local.isEmpty();
        work.local = work.local.or(() -> Optional.of(account));
        return isNew;
    }

    @Override
    public boolean changeRole(String role, Instant at) {
        return change(now -> new LocalAccount(now.account(), now.email(), role, now.passwordHash()));
    }

    @Override
    public boolean changePassword(String passwordHash, Instant at) {
        return change(now -> new LocalAccount(now.account(), now.email(), now.role(), passwordHash));
    }

    private boolean change(UnaryOperator<LocalAccount> change) {
        work.local = work.local.map(change);
        return work.local.isPresent();
    }

    @Override
    public boolean remove() {
        boolean there = work.local.isPresent();
        work.local = Optional.empty();
        return there;
    }
}
