package io.portcullis.testing.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Who is known to the backend, their passwords, and the credentials that it gave them. */
final class Users {
    private static final List<String> NAMES = List.of(
            "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "kim", "leo", "mia",
            "noa", "olga", "pia", "quinn", "rita", "sam", "tina", "uma");

    private final Map<String, User> byEmail = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, User> credentials = new ConcurrentHashMap<>();

    Users() {
        IntStream.range(0, NAMES.size())
                .mapToObj(i -> new User(i + 1, NAMES.get(i)))
                .forEach(user -> {
                    byEmail.put(user.email(), user);
                    passwords.put(user.email(), "password of " + user.name());
                });
    }

    Optional<User> login(String email, String password) {
        return Optional.ofNullable(byEmail.get(email)).filter(user -> password.equals(passwords.get(email)));
    }

    Optional<User> reset(String email, String password) {
        passwords.computeIfPresent(email, (known, old) -> password);
        return login(email, password);
    }

    /** A random credential. */
    String opaque(User user) {
        return knownBy(UUID.randomUUID().toString().replace("-", ""), user);
    }

    String knownBy(String credential, User user) {
        credentials.put(credential, user);
        return credential;
    }

    Optional<User> of(Optional<String> credential) {
        return credential.flatMap(known -> Optional.ofNullable(credentials.get(known)));
    }

    void forget(Optional<String> credential) {
        credential.ifPresent(credentials::remove);
    }
}
