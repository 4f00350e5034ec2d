package io.portcullis.domain;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.notice.Message;
import io.portcullis.domain.notice.Messenger;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent. */
public final class Mailroom implements Messenger {
    private final List<Message> sent = new ArrayList<>();
    private boolean down;
    private Runnable meanwhile = () -> {};

    @Override
    public void send(Message message) {
        if (down) {
            throw new Refused(new Problem.MailUnavailable());
        }
        sent.add(message);
        meanwhile.run();
    }

    /** Happens while a mail is on its way, from now on. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    public List<Message> sent() {
        return List.copyOf(sent);
    }

    /** The code of the last mail. */
    public String code() {
        return ((Message.Code) sent.getLast()).code();
    }
}
