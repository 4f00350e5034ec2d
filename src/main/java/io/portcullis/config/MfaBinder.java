package io.portcullis.config;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.EmailCodeSettings;
import io.portcullis.domain.code.TotpSettings;
import io.portcullis.domain.device.RememberDeviceSettings;
import io.portcullis.domain.mfa.EnrollmentSettings;
import io.portcullis.domain.mfa.LockoutSettings;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.domain.mfa.TrustedNetworkSettings;
import io.portcullis.domain.session.SessionSettings;
import io.portcullis.http.CookieSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code mfa} and {@code session}. */
final class MfaBinder {
    private final Value root;
    private final Value mfa;
    private final Problems problems;

    MfaBinder(Value root, Problems problems) {
        this.root = root;
        this.mfa = root.at("mfa");
        this.problems = problems;
    }

    Optional<MfaSettings> settings() {
        var totp = totp();
        var email = email();
        var enrollment = enrollment();
        var rememberDevice = rememberDevice();
        var trustedNetworks = trustedNetworks();
        var lockout = lockout();
        if (totp.isEmpty()
                || email.isEmpty()
                || enrollment.isEmpty()
                || rememberDevice.isEmpty()
                || lockout.isEmpty()) {
            return Optional.empty();
        }
        return problems.settings(
                root,
                mfa,
                () -> new MfaSettings(
                        mfa.at("issuer").text(),
                        methods(mfa.at("methods")),
                        mfa.at("mandatoryRoles").texts(),
                        totp.get(),
                        root.at("mail").given(),
                        email.get(),
                        enrollment.get(),
                        mfa.at("recovery").at("count").number(),
                        mfa.at("setup").at("ttl").duration(),
                        mfa.at("tempToken").at("ttl").duration(),
                        mfa.at("tempToken").at("attempts").number(),
                        mfa.at("freshProof").duration(),
                        rememberDevice.get(),
                        trustedNetworks,
                        lockout.get()));
    }

    /** Methods by their names in the file. */
    static Set<Method> methods(Value names) {
        return names.texts().stream()
                .map(name -> Method.of(name).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<TotpSettings> totp() {
        var totp = mfa.at("totp");
        return problems.settings(
                root,
                totp,
                () -> new TotpSettings(
                        TotpSettings.Algorithm.valueOf(totp.at("algorithm").text()),
                        totp.at("digits").number(),
                        totp.at("period").duration(),
                        totp.at("window").number(),
                        totp.at("qr").flag()));
    }

    private Optional<EmailCodeSettings> email() {
        var email = mfa.at("email");
        return problems.settings(
                root,
                email,
                () -> new EmailCodeSettings(
                        email.at("ttl").duration(),
                        email.at("digits").number(),
                        email.at("attempts").number(),
                        email.at("resendAfter").duration()));
    }

    private Optional<EnrollmentSettings> enrollment() {
        var enrollment = mfa.at("enrollment");
        return problems.settings(
                root,
                enrollment,
                () -> new EnrollmentSettings(
                        enrollment.at("autoConfirm").flag(),
                        enrollment.at("autoConfirmAfter").duration(),
                        EnrollmentSettings.Proof.valueOf(
                                enrollment.at("proof").text().toUpperCase(Locale.ROOT))));
    }

    private Optional<RememberDeviceSettings> rememberDevice() {
        var section = mfa.at("rememberDevice");
        return problems.settings(
                root,
                section,
                () -> new RememberDeviceSettings(
                        section.at("ttl").duration(), section.at("roles").texts()));
    }

    private TrustedNetworkSettings trustedNetworks() {
        var section = mfa.at("trustedNetworks");
        return new TrustedNetworkSettings(
                ServerBinder.networks(section.at("networks"), problems),
                section.at("roles").texts());
    }

    private Optional<LockoutSettings> lockout() {
        var lockout = mfa.at("lockout");
        return problems.settings(
                root,
                lockout,
                () -> new LockoutSettings(
                        lockout.at("failures").number(),
                        lockout.at("window").duration(),
                        lockout.at("lock").duration(),
                        lockout.at("maxLock").duration(),
                        lockout.at("disableAt").number()));
    }

    Optional<SessionSettings> session() {
        var session = root.at("session");
        return problems.settings(root, session, () -> {
            var ttl = session.at("ttl").duration();
            var idle = session.at("idle");
            return idle.given() && !idle.faulty()
                    ? new SessionSettings(ttl, idle.duration())
                    : SessionSettings.ofTtl(ttl);
        });
    }

    Optional<CookieSettings> cookie() {
        var cookie = root.at("session").at("cookie");
        return problems.settings(
                root,
                cookie,
                () -> new CookieSettings(
                        cookie.at("name")
                                .optionalText()
                                .orElseGet(() -> CookieSettings.usualName(
                                        cookie.at("secure").flag())),
                        cookie.at("secure").flag(),
                        cookie.at("sameSite").text()));
    }
}
