package io.portcullis.adapter.redis;

import io.portcullis.domain.account.Account;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What instances tell each other on the channel. */
sealed interface Message {
    String CHANNEL = "portcullis:invalidations";
    int VERSION = 1;

    /**
     * A key that never is, of the channel's slot. Deleting it before one publishes tells whether the server still takes writes:
     * one that became a replica, or was cut off from the others, would publish to nobody.
     */
    String FENCE = "portcullis:fence:{" + CHANNEL + "}";

    /** The sender is alive. {@code at} is its own monotonic clock at the sending, in nanoseconds, and means nothing to others. */
    record Heartbeat(String sender, long at) implements Message {}

    /** What anybody remembers of this account is stale. */
    record Stale(Account account) implements Message {}

    /** From a version that says something this one does not know: it may mean anything. */
    record Unreadable() implements Message {}

    default String text() {
        var json = new JsonObject().put("v", VERSION);
        return switch (this) {
            case Heartbeat beat ->
                json.put("heartbeat", beat.sender()).put("at", beat.at()).encode();
            case Stale stale ->
                json.put("realm", stale.account().realm())
                        .put("subject", stale.account().subject())
                        .encode();
            case Unreadable unreadable -> throw new IllegalStateException("nobody sends that");
        };
    }

    static Message of(String text) {
        try {
            var json = new JsonObject(text);
            if (json.getInteger("v", 0) != VERSION) {
                return new Unreadable();
            }
            return json.containsKey("heartbeat")
                    ? new Heartbeat(json.getString("heartbeat"), json.getLong("at"))
                    : new Stale(new Account(json.getString("realm"), json.getString("subject")));
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            return new Unreadable();
        }
    }
}
