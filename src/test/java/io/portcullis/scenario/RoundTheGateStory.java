package io.portcullis.scenario;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of one class that share a gateway and the lenient backend behind it. */
abstract class RoundTheGateStory {
    static RoundTheGate round;

    @BeforeAll
    static void start() throws IOException {
        round = new RoundTheGate();
    }

    @AfterAll
    static void stop() throws IOException {
        round.close();
    }
}
