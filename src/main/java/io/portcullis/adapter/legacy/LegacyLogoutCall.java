package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs out at the legacy backend that made the credential: where its login is not known to have been seen, at every one of the
 * session's realm that takes such a credential. What a backend sees, it sees at the place where the request had it.
 */
public final class LegacyLogoutCall implements LegacyLogout {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyLogoutCall.class);

    /** One legacy login and the way to its backend. */
    public record Backend(CaptureSettings capture, LegacyHttp legacy) {}

    private final List<Backend> backends;

    public LegacyLogoutCall(List<Backend> backends) {
        this.backends = List.copyOf(backends);
    }

    @Override
    public void passOn(Session session, Carried carried) {
        if (OwnToken.is(carried.credential())) {
            return; // no backend ever heard of it
        }
        for (var backend : backends) {
            if (madeBy(backend.capture(), session, carried)) {
                backend.capture().logout().ifPresent(route -> call(backend, route, carried));
            }
        }
    }

    @Override
    public void passOn(String capture, Carried carried) {
        for (var backend : backends) {
            if (backend.capture().name().equals(capture)) {
                backend.capture().logout().ifPresent(route -> call(backend, route, carried));
            }
        }
    }

    private boolean madeBy(CaptureSettings capture, Session session, Carried carried) {
        boolean seen = backends.stream().anyMatch(one -> one.capture().name().equals(session.source()));
        boolean ofRealm = capture.realm().equals(session.account().realm());
        boolean mayTake = capture.login()
                .success()
                .cookie()
                .map(name -> carried.cookie().filter(name::equals).isPresent())
                .orElse(true);
        return mayTake && (seen ? capture.name().equals(session.source()) : ofRealm);
    }

    private static void call(Backend backend, CaptureSettings.Route route, Carried carried) {
        var credential = carried.cookie()
                .map(name -> Map.of("Cookie", name + "=" + carried.credential()))
                .orElseGet(() -> Map.of("Authorization", "Bearer " + carried.credential()));
        try {
            backend.legacy().call(route, credential, new byte[0]);
        } catch (Refused refused) {
            LOG.warn(
                    "logout was not passed on to {}: {}",
                    backend.capture().upstream(),
                    refused.problem().code());
        }
    }
}
