package io.portcullis.proxy;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Collection;
import java.util.List;

/** The upstreams of one config file and how their targets fare, shared by all event loops. For any thread. */
public final class Upstreams {
    private final List<UpstreamState> states;
    private final List<ActiveCheck> checks;

    /** Nothing is asked yet. */
    public Upstreams(Vertx vertx, Collection<UpstreamSettings> upstreams) {
        states = upstreams.stream().map(UpstreamState::of).toList();
        checks = states.stream()
                .flatMap(state -> state.settings().health().active().stream()
                        .map(active -> new ActiveCheck(vertx, state, active)))
                .toList();
    }

    List<UpstreamState> states() {
        return states;
    }

    /** Begins the active checks; to be called once, when requests come in by these settings. */
    public void startChecks() {
        checks.forEach(ActiveCheck::start);
    }

    /** Ends them, for good. */
    public void stopChecks() {
        checks.forEach(ActiveCheck::stop);
    }

    /** For calls that the gateway makes in its own name. */
    public Calls calls(String upstream) {
        return states.stream()
                .filter(state -> state.settings().name().equals(upstream))
                .findFirst()
                .map(Calls::new)
                .orElseThrow(() -> new IllegalArgumentException("no upstream is named " + upstream));
    }

    /** How to reach one upstream outside of the event loops. For any thread. */
    public static final class Calls {
        private final UpstreamState state;
        private final TargetChoice choice;

        private Calls(UpstreamState state) {
            this.state = state;
            choice = new TargetChoice(state);
        }

        public UpstreamSettings settings() {
            return state.settings();
        }

        public HttpClientOptions clientOptions() {
            return UpstreamOptions.client(state.settings());
        }

        /** Where the next call goes. */
        public synchronized RequestOptions next() {
            int next = choice.next(TargetChoice.NONE, System.nanoTime());
            return UpstreamOptions.request(
                    state.settings(), state.settings().targets().get(next));
        }
    }

    /** One row a target: 1 while it gets requests, 0 while it is ejected or its check fails. */
    public List<MultiGauge.Row<?>> healthRows() {
        return states.stream()
                .flatMap(state -> state.targets().stream())
                .<MultiGauge.Row<?>>map(target -> MultiGauge.Row.of(
                        Tags.of("upstream", target.upstream(), "target", target.target()),
                        target,
                        health -> health.isHealthy() ? 1 : 0))
                .toList();
    }
}
