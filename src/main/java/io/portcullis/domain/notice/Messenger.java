package io.portcullis.domain.notice;

/** A channel that reaches a person: e-mail, or a webhook for others such as SMS. Blocks; for any virtual thread. */
public interface Messenger {
    /**
     * Hands one message over; returns when the server took it.
     *
     * @throws io.portcullis.domain.error.Refused {@code MailUnavailable} when the server is down, too slow (10 s over
     *     all) or refuses it; {@code InvalidRequest} for the field {@code email} when there can be no such address
     */
    void send(Message message);
}
