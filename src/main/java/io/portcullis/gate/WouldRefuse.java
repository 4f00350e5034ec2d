package io.portcullis.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.login.ReportWouldRefuse;
import io.portcullis.http.ControlPlane;
import io.portcullis.http.Sender;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and audits the requests that a rule lets by and would refuse. Each is counted; an account is audited once in ten
 * minutes for a code, as an event is a transaction and requests are many. Somebody unknown is counted alone. On event loops.
 */
public final class WouldRefuse {
    private static final Logger LOG = LoggerFactory.getLogger(WouldRefuse.class);

    private final GateMetrics metrics;
    private final ReportWouldRefuse report;
    private final ControlPlane controlPlane;
    private final Cache<Told, Boolean> told = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build();

    public WouldRefuse(GateMetrics metrics, ReportWouldRefuse report, ControlPlane controlPlane) {
        this.metrics = metrics;
        this.report = report;
        this.controlPlane = controlPlane;
    }

    private record Told(Account account, ErrorCode code) {}

    void note(Judged judged, ErrorCode code) {
        metrics.wouldRefuse(judged.origin().passage(), code);
        judged.passport().ifPresent(passport -> {
            var session = passport.caller().session();
            var one = new Told(session.account(), code);
            if (told.asMap().putIfAbsent(one, true) == null) {
                var from = Sender.of(judged.request(), judged.origin());
                controlPlane
                        .run(() -> {
                            report.report(session, code, from);
                            return one;
                        })
                        .onFailure(failure -> {
                            told.invalidate(one);
                            LOG.warn(
                                    "a refusal that was only reported is not in the audit log: {}", failure.toString());
                        });
            }
        });
    }
}
