package io.portcullis.adapter.legacy;

import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.domain.login.LegacyLogout;
import io.portcullis.domain.session.Carried;
import io.portcullis.domain.session.OwnToken;
import io.portcullis.domain.session.Session;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs out at every legacy backend of the session's realm that has a logout route. */
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
            if (backend.capture().realm().equals(session.account().realm())) {
                backend.capture().logout().ifPresent(route -> call(backend, route, carried));
            }
        }
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
