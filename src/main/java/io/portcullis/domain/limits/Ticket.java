package io.portcullis.domain.limits;

/** The very one that was taken, so that this and no other can be given back; {@code id} is unique over all instances. */
public record Ticket(LimitKey key, String id) {}
