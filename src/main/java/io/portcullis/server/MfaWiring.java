package io.portcullis.server;

import io.portcullis.api.MfaOperations;
import io.portcullis.api.OwnSession;
import io.portcullis.api.RecoveryOperations;
import io.portcullis.config.Settings;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.PasswordAttempts;
import io.portcullis.domain.login.PasswordByFirstFactor;
import io.portcullis.domain.mfa.ConfirmSetup;
import io.portcullis.domain.mfa.Disable;
import io.portcullis.domain.mfa.FreshProof;
import io.portcullis.domain.mfa.FreshRecoveryCodes;
import io.portcullis.domain.mfa.NoticeClient;
import io.portcullis.domain.mfa.RegenerateRecoveryCodes;
import io.portcullis.domain.mfa.RememberDevice;
import io.portcullis.domain.mfa.RemoveMethod;
import io.portcullis.domain.mfa.RequestCode;
import io.portcullis.domain.mfa.RunningSetup;
import io.portcullis.domain.mfa.SecondFactor;
import io.portcullis.domain.mfa.SendCode;
import io.portcullis.domain.mfa.StartSetup;
import io.portcullis.domain.mfa.StepUp;
import io.portcullis.domain.notice.Messenger;
import java.util.List;
import java.util.Optional;

/** How second factors are set up, asked for and turned off, as one config file wants it. */
final class MfaWiring {
    private static final Messenger NO_CHANNEL = message -> {
        throw new Refused(new Problem.MailUnavailable());
    };

    private final Settings settings;
    private final Shared shared;
    private final SecondFactor secondFactor;
    private final SendCode sendCode;
    private final RequestCode requestCode;
    private final FreshProof freshProof;
    private final FreshRecoveryCodes freshCodes;
    private final RememberDevice rememberDevice;
    private final NoticeClient noticeClient;

    /** {@code messenger}: how people are reached; empty where nothing can be sent. */
    MfaWiring(
            Settings settings,
            Shared shared,
            List<FirstFactor> firstFactors,
            PasswordAttempts attempts,
            Optional<Messenger> messenger) {
        this.settings = settings;
        this.shared = shared;
        var accounts = shared.accounts();
        var random = shared.random();
        var clock = shared.clock();
        var mfa = settings.mfa();
        secondFactor =
                new SecondFactor(accounts, shared.emailCodes(), shared.rateLimiter(), shared.hasher(), mfa, clock);
        sendCode = new SendCode(
                shared.emailCodes(),
                messenger.orElse(NO_CHANNEL),
                shared.rateLimiter(),
                accounts,
                mfa.email(),
                settings.limits(),
                random,
                clock);
        requestCode = new RequestCode(accounts, sendCode, mfa.enrollment(), clock);
        freshProof = new FreshProof(secondFactor, new PasswordByFirstFactor(firstFactors, attempts), mfa, clock);
        freshCodes = new FreshRecoveryCodes(shared.hasher(), shared.rateLimiter(), mfa, random);
        rememberDevice = new RememberDevice(mfa.rememberDevice(), random, clock);
        noticeClient = new NoticeClient(shared.rateLimiter(), clock);
    }

    SecondFactor secondFactor() {
        return secondFactor;
    }

    RequestCode requestCode() {
        return requestCode;
    }

    RememberDevice rememberDevice() {
        return rememberDevice;
    }

    NoticeClient noticeClient() {
        return noticeClient;
    }

    StepUp stepUp() {
        return new StepUp(
                shared.accounts(), secondFactor, rememberDevice, noticeClient, shared.sessions(), shared.clock());
    }

    RunningSetup runningSetup() {
        return new RunningSetup(shared.accounts(), shared.clock());
    }

    MfaOperations operations(OwnSession ownSession) {
        var accounts = shared.accounts();
        var sessions = shared.sessions();
        var clock = shared.clock();
        var mfa = settings.mfa();
        return new MfaOperations(
                new StartSetup(accounts, sendCode, freshProof, freshCodes, mfa, shared.random(), clock),
                new ConfirmSetup(accounts, sessions, shared.emailCodes(), shared.rateLimiter(), freshCodes, mfa, clock),
                new RemoveMethod(accounts, sessions, freshProof, clock),
                new Disable(accounts, sessions, freshProof, clock),
                ownSession,
                mfa.totp().qr());
    }

    RecoveryOperations recoveryOperations() {
        return new RecoveryOperations(
                shared.accounts(),
                new RegenerateRecoveryCodes(shared.accounts(), freshProof, freshCodes, shared.clock()));
    }
}
