package io.portcullis.config;

import io.portcullis.config.Settings.Listener;
import io.portcullis.config.Settings.Secrets;
import io.portcullis.config.Settings.Stores;
import io.portcullis.domain.audit.AuditSettings;
import io.portcullis.domain.limits.LimitSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The checked file as settings, and what only several keys together can tell. */
final class Binder {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final Value root;
    private final Path folder;
    private final Problems problems;

    /** {@code folder}: of the config file. */
    Binder(Value root, Path folder, Problems problems) {
        this.root = root;
        this.folder = folder;
        this.problems = problems;
    }

    /** Empty when there are problems, then or before. */
    Optional<Settings> settings() {
        var server = new ServerBinder(root, problems).settings();
        var management = management();
        var stores = stores();
        var secrets = secrets();
        var mail = new MailBinder(root, problems).settings();
        var mfa = new MfaBinder(root, problems);
        var second = mfa.settings();
        var limits = limits();
        var session = mfa.session();
        var audit = audit();
        var assertion = new AssertionBinder(root, problems).settings();
        var cookie = mfa.cookie();
        var observed = new ObserveBinder(root, folder, problems);
        var accessLog = observed.accessLog();
        var tracing = observed.tracing();
        var upstreams = new UpstreamBinder(root, problems).settings();
        var rules = new RuleBinder(root, problems).rules();
        var identity = new IdentityBinder(root, problems, rules).sources();
        var sync = new SyncBinder(root, problems).settings();
        var pages = new PagesBinder(root, folder, problems).settings();
        var dialects = new DialectBinder(root, folder, problems).dialects();
        if (!problems.none()) {
            return Optional.empty();
        }
        return Optional.of(new Settings(
                server.orElseThrow(),
                management.orElseThrow(),
                stores,
                secrets,
                mail,
                upstreams,
                rules.stream().map(Optional::orElseThrow).toList(),
                identity,
                sync,
                second.orElseThrow(),
                limits.orElseThrow(),
                session.orElseThrow(),
                audit.orElseThrow(),
                assertion,
                cookie.orElseThrow(),
                accessLog,
                tracing,
                root.at("stripHeaders").texts(),
                root.at("operatorRoles").texts(),
                pages.orElseThrow(),
                dialects));
    }

    private Optional<AuditSettings> audit() {
        var section = root.at("audit");
        return problems.settings(
                root, section, () -> new AuditSettings(section.at("retention").duration()));
    }

    private Optional<Listener> management() {
        var section = root.at("management");
        var listener = problems.settings(
                root,
                section,
                () -> new Listener(section.at("host").text(), section.at("port").number()));
        listener.filter(this::taken)
                .ifPresent(own -> problems.add(section.at("port"), "is taken by server.port; give each its own"));
        return listener;
    }

    private boolean taken(Listener management) {
        var host = root.at("server").at("host").optionalText();
        var port = root.at("server").at("port").optional().map(Value::number);
        return management.port() != 0
                && port.filter(number -> number == management.port()).isPresent()
                && host.filter(name -> name.equals(management.host()) || EVERY_ADDRESS.contains(name))
                        .isPresent();
    }

    private Optional<LimitSettings> limits() {
        var section = root.at("limits");
        var sendCode = section.at("sendCode");
        return problems.settings(
                root,
                section,
                () -> new LimitSettings(
                        sendCode.at("account").rate(),
                        sendCode.at("address").rate(),
                        section.at("login").at("failures").rate(),
                        section.at("oidc").at("starts").rate()));
    }

    private Optional<Stores> stores() {
        var postgres = root.at("postgres");
        var redis = root.at("redis");
        if (postgres.given() != redis.given()) {
            var alone = postgres.given() ? postgres : redis;
            problems.add(alone, "give both postgres and redis, or leave out both for the embedded stores");
        }
        if (postgres.given() && !root.at("secrets").given()) {
            problems.add(postgres, "needs secrets.encryption and secrets.pepper, made by: portcullis keys new");
        }
        if (!postgres.given() || !redis.given()) {
            return Optional.empty();
        }
        return new RedisBinder(root, problems)
                .settings()
                .flatMap(servers -> problems.settings(
                        root, root, () -> new Stores(postgres.at("url").text(), servers)));
    }

    private Optional<Secrets> secrets() {
        var section = root.at("secrets");
        return section.given()
                ? problems.settings(
                        root,
                        section,
                        () -> new Secrets(
                                section.at("encryption").text(),
                                section.at("pepper").text()))
                : Optional.empty();
    }
}
