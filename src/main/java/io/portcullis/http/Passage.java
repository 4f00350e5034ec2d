package io.portcullis.http;

import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.session.Session;
import io.vertx.core.MultiMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request, noted by those who decide it: for the metrics, the access log and the spans. Touched on the
 * request's event loop, or by whoever that loop waits for.
 */
public final class Passage {
    /** In place of a rule's name for a request that came to none. No rule can have it. */
    public static final String NO_RULE = "-";

    /** What the gateway did with a request. */
    public enum Decision {
        /** By a route of our own, with whatever answer. */
        ANSWERED("answered"),
        PASSED("passed"),
        WOULD_REFUSE("would-refuse"),
        REFUSED("refused");

        private final String wire;

        Decision(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /** Follows one request to its backend. Throws nothing. */
    public interface Witness {
        Witness NONE = new Witness() {};

        /** Before the head is sent to the backend, which may be changed. */
        default void sends(Passage passage, MultiMap head) {}

        /** The head of the backend's answer is there. */
        default void receives(int status) {}

        /** The backend gave no answer, or half of one. */
        default void misses(ErrorCode code) {}
    }

    /** A request that somebody else sends on. */
    public record Original(String method, String target) {}

    private final long begun = System.nanoTime();
    private String rule = NO_RULE;
    private String route = "";
    private Decision decision = Decision.ANSWERED;
    private @Nullable ErrorCode code;
    private @Nullable Original standsFor;
    private @Nullable Session session;
    private String upstream = "";
    private long asked;
    private long upstreamNanos = -1;
    private Witness witness = Witness.NONE;
    private @Nullable String traceId;
    private @Nullable Runnable ending;

    /** By {@link System#nanoTime}, when its head was here. */
    public long begun() {
        return begun;
    }

    /** The rule that its path falls under. */
    public void matched(String name, String path) {
        rule = name;
        route = path;
    }

    /** The name of its rule, or {@link #NO_RULE}. */
    public String rule() {
        return rule;
    }

    /** The path of its rule; empty where there is none. */
    public String route() {
        return route;
    }

    public void decided(Decision made) {
        decision = made;
    }

    public Decision decision() {
        return decision;
    }

    /** Why it is refused, or would be, or why a backend's answer is missing. */
    public void told(ErrorCode reason) {
        code = reason;
    }

    public Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }

    /** What a proxy asks about, which sends it on itself. */
    public void stands(String method, String target) {
        standsFor = new Original(method, target);
    }

    /** Method and target of what it stands for; empty where it stands for itself. */
    public Optional<Original> standsFor() {
        return Optional.ofNullable(standsFor);
    }

    public void known(Session whose) {
        session = whose;
    }

    /** Whose it was found to be. */
    public Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** From now on the backend is waited for. */
    public void asks(String name) {
        upstream = name;
        asked = System.nanoTime();
        upstreamNanos = -1;
    }

    /** The backend that was asked; empty where none was. */
    public String upstream() {
        return upstream;
    }

    /** The head of the backend's answer is there. Returns how long that took, in nanoseconds. */
    public long answered(int status) {
        upstreamNanos = System.nanoTime() - asked;
        witness.receives(status);
        return upstreamNanos;
    }

    /** How long the head of the backend's answer took, in nanoseconds; negative where there is none. */
    public long upstreamNanos() {
        return upstreamNanos;
    }

    public void witness(Witness next) {
        witness = next;
    }

    public Witness witness() {
        return witness;
    }

    public void traced(String id) {
        traceId = id;
    }

    /** Of its span; empty where there are none. */
    public Optional<String> traceId() {
        return Optional.ofNullable(traceId);
    }

    /** What is to be done when it is over; at most once. */
    public void whenOver(Runnable action) {
        ending = action;
    }

    /** Answered to its end, cut, or a WebSocket now. Nothing happens when it was over before. */
    public void over() {
        var action = ending;
        if (action != null) {
            ending = null;
            action.run();
        }
    }
}
