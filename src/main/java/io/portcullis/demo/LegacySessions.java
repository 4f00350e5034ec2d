package io.portcullis.demo;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Who is logged in by which cookie, in memory: the newest, until a restart. For many threads. */
final class LegacySessions {
    static final int MOST = 10_000;

    private final SecureRandom random = new SecureRandom();
    private final LinkedHashMap<String, LegacyAccount> oldestFirst = new LinkedHashMap<>();

    /** A new session, and the oldest is forgotten when there are too many. */
    synchronized String open(LegacyAccount account) {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        oldestFirst.put(id, account);
        if (oldestFirst.size() > MOST) {
            oldestFirst.pollFirstEntry();
        }
        return id;
    }

    synchronized Optional<LegacyAccount> owner(String id) {
        return Optional.ofNullable(oldestFirst.get(id));
    }

    synchronized void forget(String id) {
        oldestFirst.remove(id);
    }
}
