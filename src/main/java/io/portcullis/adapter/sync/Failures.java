package io.portcullis.adapter.sync;

import io.portcullis.domain.legacy.LegacyRecord.Outcome;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What went wrong, in words without values: a database repeats those in its messages. */
final class Failures {
    private static final int DEEPEST_CAUSE = 5;

    /** Prefixes of SQLSTATE (PostgreSQL, appendix A) by which the next change would fare no better. */
    private static final List<String> NO_ANSWER =
            List.of("08", "25006", "25P03", "28", "40", "53", "55P03", "57", "58");

    /** The longest prefix counts. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("22", "a value does not fit"),
            Map.entry("22P02", "the subject does not fit the column's type"),
            Map.entry("23", "a constraint forbids it"),
            Map.entry("25006", "the database is read-only"),
            Map.entry("28", "the login is refused"),
            Map.entry("40", "it collided with another transaction"),
            Map.entry("42", "the statement does not fit the tables"),
            Map.entry("42501", "permission denied"),
            Map.entry("42601", "the statement is wrong"),
            Map.entry("42703", "there is no such column"),
            Map.entry("42P01", "there is no such table"),
            Map.entry("53", "the database is short of something"),
            Map.entry("55P03", "it is locked"),
            Map.entry("57", "the database is going down or starting"),
            Map.entry("57014", "it took too long, mostly because it is locked"),
            Map.entry("P0001", "a function or trigger of the database refused it"));

    private Failures() {}

    /** Of what {@code await()} threw; a bug is thrown again. */
    static Outcome of(Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error bug) {
            throw bug;
        }
        if (failure instanceof PgException refused) {
            var state = String.valueOf(refused.getSqlState());
            var reason = "SQLSTATE " + state + meaning(state);
            return NO_ANSWER.stream().anyMatch(state::startsWith)
                    ? new Outcome.NoAnswer(reason)
                    : new Outcome.Rejected(reason);
        }
        return new Outcome.NoAnswer(word(failure));
    }

    private static String word(Throwable failure) {
        var kinds = new ArrayList<String>();
        for (var cause = failure; cause != null && kinds.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "the connection is refused";
            } else if (cause instanceof UnknownHostException) {
                return "there is no such host";
            } else if (cause instanceof TimeoutException) {
                return "no answer in time";
            }
            kinds.add(cause.getClass().getSimpleName());
        }
        return "no answer (" + String.join(", ", kinds) + ")";
    }

    private static String meaning(String state) {
        for (int length = state.length(); length > 1; length--) {
            var meaning = MEANINGS.get(state.substring(0, length));
            if (meaning != null) {
                return ", " + meaning;
            }
        }
        return "";
    }
}
