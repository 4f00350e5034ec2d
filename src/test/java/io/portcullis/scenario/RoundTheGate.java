package io.portcullis.scenario;

import static io.portcullis.testing.legacy.LenientPath.isUnder;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.testing.Answer;
import io.portcullis.testing.Person;
import io.portcullis.testing.RawHttp;
import io.portcullis.testing.TestGateway;
import io.portcullis.testing.legacy.LenientBackend;
import io.portcullis.testing.legacy.LenientHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A gateway in front of a backend that takes everything for something, and those who would like to get round it. One at a time. */
final class RoundTheGate implements AutoCloseable {
    /** In whatever a client says of itself; the backend must never believe it. */
    static final String EVIL = "evil";

    private final LenientBackend backend;
    private final TestGateway gateway;
    private final List<Caller> callers;
    private int sent;

    /** @param closed what is under these is not for them */
    record Caller(String name, String credential, List<String> closed) {
        boolean mayReach(LenientHead head) {
            return closed.stream().noneMatch(base -> head.routes().stream().anyMatch(route -> isUnder(base, route)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    RoundTheGate() throws IOException {
        backend = LenientBackend.start();
        gateway = TestGateway.inFrontOf(backend.port(), Map.of(), "round.yaml");
        var auditor = gateway.loggedIn("auditor");
        auditor.enrolled();
        callers = List.of(
                new Caller("nobody", "", List.of("/admin", "/reports", "/users", "/internal")),
                new Caller("one factor", bearer(gateway.loggedIn()), List.of("/admin", "/reports", "/internal")),
                new Caller("another role", bearer(auditor), List.of("/admin", "/internal")));
    }

    private static String bearer(Person person) {
        return "Authorization: Bearer " + person.token() + "\r\n";
    }

    TestGateway gateway() {
        return gateway;
    }

    LenientBackend backend() {
        return backend;
    }

    List<Caller> callers() {
        return callers;
    }

    Caller nobody() {
        return callers.getFirst();
    }

    /** The head of a request that leaves the connection open, up to and without the empty line. */
    static String head(Caller caller, String requestLine, String... lines) {
        var head = requestLine + "\r\nHost: localhost\r\n" + caller.credential();
        return lines.length == 0 ? head : head + String.join("\r\n", lines) + "\r\n";
    }

    /**
     * Sends bytes and behind them, on the same connection, a plain request for a path of its own. Fails when the backend got what is not for the
     * caller, or believed them, and when anything but a plain answer came back, or the plain request got another answer than its own. A
     * connection may end in place of an answer, or after one refusal, for a body that nobody can read.
     *
     * @return all answers but that of the plain request
     */
    List<Answer> attempt(Caller caller, String bytes) throws IOException {
        var mine = "/mine/" + ++sent;
        backend.news();
        try (var raw = RawHttp.to(gateway.port())) {
            raw.send(bytes + "GET " + mine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var answers = raw.answers();
            checkBackend(caller, bytes);
            assertThat(answers).as(bytes).allSatisfy(RoundTheGate::isClean);
            boolean cut = answers.isEmpty()
                    || (answers.size() == 1 && answers.getFirst().status() >= 400);
            if (cut || answers.stream().anyMatch(RoundTheGate::closes)) {
                return answers; // and nothing behind it needs an answer
            }
            assertThat(answers.getLast().text()).as(bytes).isEqualTo(mine);
            return answers.subList(0, answers.size() - 1);
        }
    }

    /** Fails when the backend got what is not for the caller, or believed what it said of itself; gives what it got. */
    List<LenientHead> checkBackend(Caller caller, String sent) {
        var news = backend.news();
        for (var head : news) {
            assertThat(caller.mayReach(head))
                    .as("%s sent%n%s%nand %s arrived", caller, sent, head)
                    .isTrue();
            assertThat(head.believed()).as("%s sent%n%s", caller, sent).noneMatch(one -> one.contains(EVIL));
        }
        return news;
    }

    private static boolean closes(Answer answer) {
        return answer.isOfTheGateway()
                && answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** A refusal as the contract has it, or the backend's answer. */
    static void isClean(Answer answer) {
        assertThat(answer.status()).isNotEqualTo(500);
        assertThat(answer.text()).doesNotContain("Exception");
        if (answer.isOfTheGateway() && answer.status() >= 400 && answer.body().length > 0) {
            assertThat(answer.code()).matches("[A-Z0-9_]+");
        }
        assertThat(answer.headers("X-Auth-Subject")).isEmpty();
        assertThat(answer.headers("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("portcullis="));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        backend.close();
    }
}
