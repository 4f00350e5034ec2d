package io.portcullis.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    @Test
    void messagesAreReadBack() {
        var stale = new Message.Stale(new Account("admin", "ä \"1\""));
        var beat = new Message.Heartbeat("me", -5);
        assertThat(Message.of(stale.text())).isEqualTo(stale);
        assertThat(Message.of(beat.text())).isEqualTo(beat);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"v\":1}",
                "{\"v\":2,\"realm\":\"admin\",\"subject\":\"1\"}",
                "{\"v\":\"1\",\"realm\":\"admin\",\"subject\":\"1\"}",
                "{\"v\":1,\"realm\":\"admin\"}",
                "{\"v\":1,\"realm\":\"admin\",\"subject\":\"\"}",
                "{\"v\":1,\"heartbeat\":\"me\"}"
            })
    void whatIsNotUnderstoodIsUnreadable(String text) {
        assertThat(Message.of(text)).isEqualTo(new Message.Unreadable());
    }
}
