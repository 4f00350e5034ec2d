package io.portcullis.scenario;

import io.portcullis.testing.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Stories that a class of tests tells on one {@link DialectSite}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DialectSiteStory {
    DialectSite site;

    @BeforeAll
    void start() throws Exception {
        site = new DialectSite();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    final TestClock clock() {
        return site.gateway().clock();
    }
}
