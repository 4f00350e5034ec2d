package io.portcullis.pages;

import io.portcullis.api.Api;
import io.portcullis.api.Visit;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.HtmlAnswer;
import io.portcullis.http.LanguageCookie;
import io.portcullis.http.NextPath;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.Texts;
import io.portcullis.http.UnreadBody;
import io.portcullis.pages.Shown.Go;
import io.portcullis.pages.Shown.View;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gateway's own pages, under {@code /auth/ui} and wherever the config leads to them. On event loops. */
public final class BuiltInPages {
    /** The parameter by which a person chooses a language. */
    static final String LANGUAGE = "lang";

    private static final Set<String> SHOWN = Set.of("GET", "HEAD");
    private static final Set<String> SENT = Set.of("GET", "HEAD", "POST");

    private final Map<String, Page> pages;
    private final Map<String, PageName> at;
    private final PageWriter writer;
    private final PageAssets assets;
    private final Api api;
    private final LanguageCookie languageCookie;
    private final String publicOrigin;

    /** {@code pages}: by their paths. */
    BuiltInPages(
            Map<String, Page> pages,
            PageSettings settings,
            PageWriter writer,
            PageAssets assets,
            Api api,
            LanguageCookie languageCookie,
            URI publicUrl) {
        this.pages = pages;
        this.at = settings.at();
        this.writer = writer;
        this.assets = assets;
        this.api = api;
        this.languageCookie = languageCookie;
        this.publicOrigin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /** Whether a request is for a page or one of its files, to the letter. Of a path of the config, only what a browser reads. */
    public boolean serves(HttpMethod method, String path) {
        return Paths.ALL.contains(path) || (SHOWN.contains(method.name()) && at.containsKey(path));
    }

    /** The paths that are ours for every method. */
    public static Set<String> paths() {
        return Paths.ALL;
    }

    /** Answers a paused request that is {@linkplain #serves served}. The future fails with what is to be told as a problem. */
    public Future<Void> handle(HttpServerRequest request, RequestOrigin origin, String path) {
        var known = at.get(path);
        if (known != null) {
            return lead(request, origin, known.path() + query(request), List.of());
        }
        if (assets.serves(path)) {
            return allowed(request, SHOWN).compose(ok -> assets.send(request, origin, path));
        }
        var page = pages.get(path);
        if (page == null) {
            return allowed(request, SHOWN).compose(ok -> lead(request, origin, Paths.SETTINGS, List.of()));
        }
        var language = chosen(request).orElseGet(() -> languageCookie.language(request));
        return allowed(request, SENT)
                .compose(ok ->
                        api.visit(request, origin, language, visit -> answer(page, visit, request, path, language)))
                .compose(answer -> answer.send(this, request, origin));
    }

    private static Future<Void> allowed(HttpServerRequest request, Set<String> methods) {
        return methods.contains(request.method().name())
                ? Future.succeededFuture()
                : Future.failedFuture(new Refused(new Problem.MethodNotAllowed(methods)));
    }

    private static Optional<Locale> chosen(HttpServerRequest request) {
        return Optional.ofNullable(request.getParam(LANGUAGE)).flatMap(Texts::known);
    }

    /** A finished answer; whatever is slow about it is done. {@code told}: what the access log is to say of it. */
    private record Ready(Optional<HtmlAnswer> html, Optional<ErrorCode> told, String path, List<String> cookies) {
        Future<Void> send(BuiltInPages pages, HttpServerRequest request, RequestOrigin origin) {
            if (html.isEmpty()) {
                return pages.lead(request, origin, path, cookies);
            }
            told.ifPresent(origin.passage()::told);
            cookies.forEach(cookie -> request.response().headers().add(HttpHeaders.SET_COOKIE, cookie));
            html.get().write(request, origin);
            return Future.succeededFuture();
        }
    }

    private Ready answer(Page page, Visit visit, HttpServerRequest request, String path, Locale language) {
        boolean sent = request.method().equals(HttpMethod.POST);
        chosen(request).ifPresent(choice -> visit.set(languageCookie.holding(choice)));
        var shown = shown(page, visit, sent, path + query(request));
        return switch (shown) {
            case Go go -> new Ready(Optional.empty(), Optional.empty(), go.path(), visit.setCookies());
            case View view ->
                new Ready(
                        Optional.of(writer.write(view, language, sent ? again(view) : path + without(query(request)))),
                        Trouble.told(view.model()),
                        "",
                        visit.setCookies());
        };
    }

    /** Where the same is shown in another language, of a page that a form was sent to; empty where what was sent would be lost. */
    private static String again(View view) {
        var next = view.model().getOrDefault(Next.NAME, "/").toString();
        return switch (view.template()) {
            case "login" -> NextPath.on(Paths.LOGIN, next);
            case "verify" ->
                VerifyPage.SESSION.equals(view.model().get(VerifyPage.FOR))
                        ? VerifyPage.ofSession(next).path()
                        : NextPath.on(Paths.VERIFY, next);
            default -> "";
        };
    }

    /** Whoever has to log in first comes back after it; what a form brought is not kept. */
    private static Shown shown(Page page, Visit visit, boolean sent, String here) {
        try {
            return sent ? page.post(visit) : page.get(visit);
        } catch (Refused refused) {
            return switch (refused.problem()) {
                case Problem.AuthRequired nobody -> new Go(NextPath.on(Paths.LOGIN, here));
                case Problem.SessionExpired ended -> new Go(NextPath.on(Paths.LOGIN, here));
                default -> throw refused;
            };
        }
    }

    private static String query(HttpServerRequest request) {
        var query = request.query();
        return query == null || query.isEmpty() ? "" : "?" + query;
    }

    /** The query without a choice of language, so that another can be added. */
    private static String without(String query) {
        return query.replaceAll("(?<=[?&])" + LANGUAGE + "=[^&]*&?", "").replaceAll("[?&]$", "");
    }

    private Future<Void> lead(HttpServerRequest request, RequestOrigin origin, String path, List<String> cookies) {
        boolean sent = request.method().equals(HttpMethod.POST);
        var answer = request.response().setStatusCode(sent ? 303 : 302);
        OwnHeaders.put(answer.headers(), origin);
        cookies.forEach(cookie -> answer.headers().add(HttpHeaders.SET_COOKIE, cookie));
        answer.putHeader(HttpHeaders.LOCATION, publicOrigin + path);
        UnreadBody.end(request, answer::end);
        return Future.succeededFuture();
    }
}
