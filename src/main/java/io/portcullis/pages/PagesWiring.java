package io.portcullis.pages;

import io.portcullis.api.Api;
import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.MfaSettings;
import io.portcullis.http.CookieSettings;
import io.portcullis.http.ErrorPage;
import io.portcullis.http.LanguageCookie;
import io.portcullis.http.LoginCookie;
import io.portcullis.http.SessionCookie;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages as one config file wants them. */
public final class PagesWiring {
    private final PageSettings settings;
    private final CookieSettings cookies;
    private final URI publicUrl;
    private final PageWriter writer;

    /** Throws {@code IllegalArgumentException} when the folder or the logo has what cannot be used. */
    public PagesWiring(PageSettings settings, CookieSettings cookies, URI publicUrl) {
        this.settings = settings;
        this.cookies = cookies;
        this.publicUrl = publicUrl;
        this.writer = new PageWriter(settings, publicUrl);
    }

    /** Throws {@code IllegalArgumentException}, which names the file, when one in the operator's folder cannot be used. */
    public static void checkFolder(Path folder) {
        var own = Optional.of(folder);
        PageFiles.checkNames(folder, Templates.NAMES);
        PageFiles.text("style.css", own);
        PageFiles.text("app.js", own);
        new Templates(new PageTexts(own), own).check();
    }

    /** Throws {@code IllegalArgumentException} when it is no image, or too large a one. */
    public static void checkLogo(Path file) {
        PageFiles.logo(file);
    }

    /** What people see of problems. */
    public ErrorPage errorPage() {
        return new ProblemPage(writer, new LanguageCookie(cookies));
    }

    /**
     * The pages themselves.
     *
     * @param takesPasswords whether anybody judges an e-mail and a password
     * @param providers names of OpenID providers
     */
    public BuiltInPages pages(Api api, MfaSettings mfa, boolean takesPasswords, List<String> providers) {
        var digits = new Digits(mfa.totp().digits(), mfa.email().digits());
        var offered = mfa.methods().stream().sorted().map(Method::wire).toList();
        var verify = new VerifyPage(
                new LoginCookie(cookies),
                digits,
                !mfa.rememberDevice().roles().isEmpty(),
                mfa.email().resendAfter());
        var all = Map.<String, Page>of(
                Paths.LOGIN, new LoginPage(takesPasswords, providers, verify),
                Paths.VERIFY, verify,
                Paths.SETUP, new SetupPage(offered, digits, mfa.totp().qr()),
                Paths.SETTINGS, new SettingsPage(offered),
                Paths.DISABLE, new DisablePage(digits),
                Paths.REMOVE, new RemovePage(digits),
                Paths.RECOVERY_CODES, new RecoveryCodesPage(digits),
                Paths.LOGOUT, new LogoutPage(new SessionCookie(cookies), new LoginCookie(cookies)));
        return new BuiltInPages(
                all, settings, writer, new PageAssets(settings), api, new LanguageCookie(cookies), publicUrl);
    }
}
