package io.portcullis.domain;

import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.password.StoredHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hashes of the form {@code cost:password}, and at what cost one was compared each time. */
public final class CountingHashes implements PasswordHashes {
    public static final String TODAY = "today";

    private final List<String> compared = new ArrayList<>();

    /** The costs since this was asked last. */
    public List<String> compared() {
        var costs = List.copyOf(compared);
        compared.clear();
        return costs;
    }

    @Override
    public String hash(String password) {
        return TODAY + ":" + password;
    }

    @Override
    public Optional<StoredHash> read(String text) {
        if (text.startsWith("$2b$10$")) {
            return Optional.of(new Counted("bcrypt 10", Optional.empty()));
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Counted(text.substring(0, colon), Optional.of(text.substring(colon + 1))));
    }

    @Override
    public StoredHash decoy() {
        return new Counted(TODAY, Optional.empty());
    }

    private final class Counted implements StoredHash {
        private final String cost;
        private final Optional<String> right;

        private Counted(String cost, Optional<String> right) {
            this.cost = cost;
            this.right = right;
        }

        @Override
        public boolean matches(String password) {
            compared.add(cost);
            return right.filter(password::equals).isPresent();
        }

        @Override
        public StoredHash decoy() {
            return new Counted(cost, Optional.empty());
        }

        @Override
        public boolean upToDate() {
            return cost.equals(TODAY);
        }
    }
}
