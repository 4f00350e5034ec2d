package io.portcullis.domain.notice;
/** x */
public interface Messenger {
    /** x */
    void send(Message message);
}
