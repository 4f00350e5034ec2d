package io.portcullis.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portcullis.domain.directory.Directory;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RememberedDirectoryTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final AtomicInteger readings = new AtomicInteger();

    private Directory.Reading nobody(String email) {
        readings.incrementAndGet();
        return new Directory.Reading(Optional.empty(), clock.instant());
    }

    @Test
    void aReadingIsBelievedForItsTimeAndNoLonger() {
        var directory = new RememberedDirectory(this::nobody, Duration.ofSeconds(1), clock);
        var first = directory.byEmail("a");
        clock.advance(Duration.ofMillis(999));
        assertThat(directory.byEmail("a")).isEqualTo(first);
        assertThat(readings).hasValue(1);
        directory.byEmail("b");
        assertThat(readings).hasValue(2);
        clock.advance(Duration.ofMillis(1));
        assertThat(directory.byEmail("a").at()).isEqualTo(clock.instant());
        assertThat(readings).hasValue(3);
    }

    @Test
    void manyWhoAskAtOnceAreOneReading() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var directory = new RememberedDirectory(
                email -> {
                    begun.countDown();
                    waitFor(goOn);
                    return nobody(email);
                },
                Duration.ofSeconds(1),
                clock);
        var asking = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> directory.byEmail("a"), Thread::startVirtualThread))
                .limit(20)
                .toList();
        waitFor(begun);
        goOn.countDown();
        asking.forEach(CompletableFuture::join);
        assertThat(readings).hasValue(1);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOutageIsPassedOnAndNotRemembered() {
        var down = new AtomicInteger(1);
        var directory = new RememberedDirectory(
                email -> {
                    if (down.getAndDecrement() > 0) {
                        throw new Refused(new Problem.StoreUnavailable());
                    }
                    return nobody(email);
                },
                Duration.ofSeconds(1),
                clock);
        assertThatThrownBy(() -> directory.byEmail("a")).isInstanceOf(Refused.class);
        assertThat(directory.byEmail("a").person()).isEmpty();
    }
}
