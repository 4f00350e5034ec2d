package io.portcullis.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.adapter.crypto.HashThreads;
import io.portcullis.adapter.crypto.HmacCodeDigest;
import io.portcullis.adapter.crypto.RecoveryCodeHasher;
import io.portcullis.adapter.password.PasswordHasher;
import io.portcullis.adapter.postgres.AuditKey;
import io.portcullis.adapter.postgres.AuditRetention;
import io.portcullis.adapter.postgres.LegacyChanges;
import io.portcullis.adapter.postgres.PostgresAccountDirectory;
import io.portcullis.adapter.postgres.PostgresAccounts;
import io.portcullis.adapter.postgres.PostgresAuditLog;
import io.portcullis.adapter.postgres.PostgresLocalAccounts;
import io.portcullis.adapter.postgres.PostgresUsageFigures;
import io.portcullis.adapter.redis.RedisEmailCodes;
import io.portcullis.adapter.redis.RedisInvalidations;
import io.portcullis.adapter.redis.RedisOidcLogins;
import io.portcullis.adapter.redis.RedisPendingLogins;
import io.portcullis.adapter.redis.RedisRateLimiter;
import io.portcullis.adapter.redis.RedisSessionLine;
import io.portcullis.adapter.redis.RedisSessions;
import io.portcullis.config.Settings;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditLog;
import io.portcullis.domain.code.CodeHasher;
import io.portcullis.domain.code.EmailCodes;
import io.portcullis.domain.limits.RateLimiter;
import io.portcullis.domain.local.LocalAccounts;
import io.portcullis.domain.login.CheckSession;
import io.portcullis.domain.login.PendingLogins;
import io.portcullis.domain.mfa.Accounts;
import io.portcullis.domain.oidc.OidcLogins;
import io.portcullis.domain.operator.AccountDirectory;
import io.portcullis.domain.operator.UsageFigures;
import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.session.Sessions;
import io.portcullis.gate.Asking;
import io.portcullis.gate.GateMetrics;
import io.portcullis.gate.OpenSockets;
import io.portcullis.gate.PassportCache;
import io.portcullis.http.ControlPlane;
import io.portcullis.proxy.UpstreamGauge;
import io.portcullis.proxy.UpstreamMetrics;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What stays as it is when the config file is read again: the ports of the domain, and what is remembered between requests. */
record Shared(
        Vertx vertx,
        ControlPlane controlPlane,
        Accounts accounts,
        Sessions sessions,
        Supplier<RedisSessionLine> sessionLine,
        PendingLogins pendingLogins,
        OidcLogins oidcLogins,
        RateLimiter rateLimiter,
        EmailCodes emailCodes,
        CodeHasher hasher,
        LocalAccounts localAccounts,
        PasswordHashes passwords,
        AuditLog auditLog,
        AccountDirectory directory,
        UsageFigures usageFigures,
        AuditRetention auditRetention,
        CurrentChannel channel,
        LegacySync legacySync,
        PassportCache cache,
        Asking asking,
        OpenSockets openSockets,
        GateMetrics metrics,
        UpstreamGauge upstreamGauge,
        UpstreamMetrics upstreamMetrics,
        SecureRandom random,
        InstantSource clock) {
    private static final long TICK_MILLIS = 500;

    static Shared over(
            Vertx vertx,
            ControlPlane controlPlane,
            Stores stores,
            Settings.Secrets secrets,
            MeterRegistry registry,
            SecureRandom random,
            InstantSource clock) {
        var auditKey = AuditKey.of(secrets.pepper());
        var hashThreads = new HashThreads(Runtime.getRuntime().availableProcessors());
        var channel = new CurrentChannel();
        var legacySync = new LegacySync(new LegacyChanges(stores.postgres()), registry);
        var accounts = new PostgresAccounts(
                stores.postgres(),
                stores.box(),
                auditKey,
                clock,
                () -> channel.get().isPresent(),
                legacySync,
                new AuditMetrics(registry));
        var cache = new PassportCache(stores.invalidations()::leased);
        CacheMetrics.register(registry, cache, stores.invalidations());
        var asking = new Asking();
        var sessions = new RedisSessions(stores.redis(), clock, account -> {
            cache.forget(account);
            asking.changed();
        });
        var shared = new Shared(
                vertx,
                controlPlane,
                accounts,
                sessions,
                () -> stores.sessionLine(vertx),
                new RedisPendingLogins(stores.redis(), stores.box()),
                new RedisOidcLogins(stores.redis(), stores.box()),
                new RedisRateLimiter(stores.redis(), clock),
                new RedisEmailCodes(stores.redis(), new HmacCodeDigest(secrets.pepper())),
                new RecoveryCodeHasher(secrets.pepper(), hashThreads, random),
                new PostgresLocalAccounts(stores.postgres()),
                new PasswordHasher(hashThreads, random),
                new PostgresAuditLog(stores.postgres()),
                new PostgresAccountDirectory(stores.postgres(), clock),
                new PostgresUsageFigures(stores.postgres()),
                new AuditRetention(stores.postgres(), auditKey),
                channel,
                legacySync,
                cache,
                asking,
                new OpenSockets(
                        new CheckSession(sessions, accounts, clock),
                        controlPlane,
                        stores.invalidations()::leased,
                        clock),
                new GateMetrics(registry),
                new UpstreamGauge(registry),
                new UpstreamMetrics(registry),
                random,
                clock);
        stores.invalidations().start(shared.listener());
        vertx.setPeriodic(TICK_MILLIS, id -> shared.openSockets().tick());
        return shared;
    }

    private RedisInvalidations.Listener listener() {
        return new RedisInvalidations.Listener() {
            @Override
            public void stale(Account account) {
                cache.forget(account);
                asking.changed();
                openSockets.recheck(account);
            }

            @Override
            public void everythingStale() {
                cache.distrust();
                asking.changed();
                openSockets.everythingStale();
            }
        };
    }
}
