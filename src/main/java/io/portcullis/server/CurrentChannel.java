package io.portcullis.server;

import io.portcullis.domain.notice.Messenger;
import java.util.Optional;

/** The channel to people of the config file in force; none where there is none. For any thread. */
final class CurrentChannel {
    private volatile Optional<Messenger> messenger = Optional.empty();

    void becomes(Optional<Messenger> next) {
        messenger = next;
    }

    Optional<Messenger> get() {
        return messenger;
    }
}
