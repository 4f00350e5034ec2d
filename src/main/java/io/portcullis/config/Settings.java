package io.portcullis.config;

import io.portcullis.adapter.mail.MailSettings;
import io.portcullis.adapter.redis.RedisSettings;
import io.portcullis.adapter.sync.SyncSettings;
import io.portcullis.dialect.Dialect;
import io.portcullis.domain.audit.AuditSettings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.domain.session.SourceSettings;
import io.portcullis.gate.AssertionSettings;
import io.portcullis.gate.Rule;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.Pages;
import io.portcullis.listener.ListenerSettings;
import io.portcullis.observe.AccessLogSettings;
import io.portcullis.observe.TracingSettings;
import io.portcullis.pages.PageSettings;
import io.portcullis.proxy.UpstreamSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole config file that was found right.
 *
 * @param stores empty for the embedded ones
 * @param secrets present whenever {@code stores} is; the embedded stores may make their own
 * @param mail empty where nothing can be sent
 * @param rules in the order of the file
 * @param identity in the order of the file
 * @param assertion empty where nothing is signed
 * @param sync at most one a realm
 * @param accessLog empty where none is written
 * @param tracing empty where no spans are made
 * @param stripHeaders names of request headers as the file spells them
 * @param operatorRoles who may use the operator routes; nobody, when it is empty
 * @param dialects besides the gateway's own
 */
public record Settings(
        ListenerSettings server,
        Listener management,
        Optional<Stores> stores,
        Optional<Secrets> secrets,
        Optional<MailSettings> mail,
        List<UpstreamSettings> upstreams,
        List<Rule> rules,
        List<SourceSettings> identity,
        List<SyncSettings> sync,
        MfaSettings mfa,
        LimitSettings limits,
        SessionSettings session,
        AuditSettings audit,
        Optional<AssertionSettings> assertion,
        CookieSettings cookie,
        Optional<AccessLogSettings> accessLog,
        Optional<TracingSettings> tracing,
        Set<String> stripHeaders,
        Set<String> operatorRoles,
        PageSettings builtInPages,
        List<Dialect> dialects) {
    public Settings {
        upstreams = List.copyOf(upstreams);
        rules = List.copyOf(rules);
        identity = List.copyOf(identity);
        sync = List.copyOf(sync);
        stripHeaders = Set.copyOf(stripHeaders);
        operatorRoles = Set.copyOf(operatorRoles);
        dialects = List.copyOf(dialects);
    }

    /** Where logins lead that no rule stands for: the pages of the first rule that names any. */
    public Pages pages() {
        return rules.stream()
                .map(Rule::pages)
                .filter(pages -> !pages.equals(Pages.DEFAULTS))
                .findFirst()
                .orElse(Pages.DEFAULTS);
    }

    /** The identity sources of one kind, in the order of the file. */
    public <T extends SourceSettings> List<T> identity(Class<T> kind) {
        return identity.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The realms whose legacy records are kept in step. */
    public Set<String> syncedRealms() {
        return sync.stream().map(SyncSettings::realm).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Where the management routes are served.
     *
     * @param port 0 takes a free one
     */
    public record Listener(String host, int port) {
        public Listener {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("management.port is from 0 to 65535");
            }
        }
    }

    /** Addresses with passwords in them. */
    public record Stores(String postgresUrl, RedisSettings redis) {
        @Override
        public String toString() {
            return "Stores[hidden]";
        }
    }

    /**
     * Keys of this installation.
     *
     * @param encryption a Tink keyset as JSON
     * @param pepper keys the hashes of codes
     */
    public record Secrets(String encryption, String pepper) {
        @Override
        public String toString() {
            return "Secrets[hidden]";
        }
    }
}
