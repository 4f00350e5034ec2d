package io.portcullis.gate;

import static io.portcullis.gate.Callers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Fingerprint;
import io.portcullis.domain.session.Session;
import io.portcullis.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AskingTest {
    private static final Asking.Question QUESTION = new Asking.Question(Fingerprint.of("a token"), "192.0.2.1");

    private final AtomicLong nanos = new AtomicLong();
    private final Asking asking = new Asking(nanos::get);
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Session> told = new ArrayList<>();
    private final Passport oneFactor = PassportCacheTest.passport(ALICE, Map.of(), MfaState.ENABLED);

    @Test
    void nothingIsRememberedOfWhatIsAskedOnce() {
        ask();
        assertThat(asking.remembered(QUESTION)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsAskedAgainWithinASecondIsRememberedForOne() {
        ask();
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        ask();
        assertThat(asking.remembered(QUESTION)).contains(new Asking.Answer.Known(oneFactor));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(asking.remembered(QUESTION)).isPresent();
        nanos.addAndGet(1);
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void whatIsAskedAgainAfterASecondIsNot() {
        ask();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        ask();
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void theSessionIsToldBeforeItIsReadAgain() {
        ask();
        asking.ask(
                QUESTION,
                session -> {
                    assertThat(reads).hasValue(1);
                    told.add(session);
                },
                this::read);
        assertThat(told).containsExactly(oneFactor.caller().session());
    }

    @Test
    void whenTheSessionCannotBeToldNothingIsRemembered() {
        ask();
        var answer = asking.ask(
                QUESTION,
                session -> {
                    throw new Refused(new Problem.StoreUnavailable());
                },
                this::read);
        assertThat(answer).isEqualTo(new Asking.Answer.Unknown(new Problem.StoreUnavailable()));
        assertThat(reads).hasValue(1);
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void aChangeEndsWhatIsRemembered() {
        ask();
        ask();
        asking.changed();
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void aReadingThatAChangeOvertookIsNotRemembered() {
        ask();
        asking.ask(QUESTION, told::add, () -> {
            asking.changed();
            return read();
        });
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void aStoreThatIsDownIsAskedAgain() {
        for (int i = 0; i < 2; i++) {
            asking.ask(QUESTION, told::add, () -> {
                throw new Refused(new Problem.StoreUnavailable());
            });
        }
        assertThat(asking.remembered(QUESTION)).isEmpty();
    }

    @Test
    void anotherAddressIsAnotherQuestion() {
        ask();
        ask();
        assertThat(asking.remembered(new Asking.Question(QUESTION.spelling(), "192.0.2.2")))
                .isEmpty();
    }

    @Test
    void whoCameWhileItWasReadSharesTheNextReading() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> asking.ask(QUESTION, told::add, () -> {
                begun.countDown();
                await(goOn);
                nanos.incrementAndGet();
                return read();
            }));
            await(begun);
            var waiting = new ArrayList<Future<Asking.Answer>>();
            for (int i = 0; i < 20; i++) {
                nanos.incrementAndGet(); // they come after the first reading began
                waiting.add(threads.submit(this::ask));
            }
            Await.until("all wait", () -> asking.waiting(QUESTION) == 20);
            goOn.countDown();
            first.get();
            for (var one : waiting) {
                assertThat(one.get()).isEqualTo(new Asking.Answer.Known(oneFactor));
            }
        }
        assertThat(reads).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private Asking.Answer ask() {
        return asking.ask(QUESTION, told::add, this::read);
    }

    private Passport read() {
        reads.incrementAndGet();
        return oneFactor;
    }
}
