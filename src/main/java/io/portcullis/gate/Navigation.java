package io.portcullis.gate;

import io.portcullis.domain.error.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A person who follows a link, and the page that a refusal leads to. */
final class Navigation {
    private Navigation() {}

    /** The local path of the page that helps with this problem, with the wanted path behind; empty for an API client and where no page helps. */
    static Optional<String> pageFor(HttpServerRequest request, RequestTarget target, Rule rule, Problem problem) {
        if (!isNavigation(request)) {
            return Optional.empty();
        }
        var pages = rule.pages();
        Optional<String> page = switch (problem) {
            case Problem.AuthRequired none -> Optional.of(pages.login());
            case Problem.SessionExpired expired -> Optional.of(pages.login());
            case Problem.TwoFactorMandatory mandatory -> Optional.of(pages.setup());
            case Problem.TwoFactorRequired required -> Optional.of(pages.verify());
            default -> Optional.empty();
        };
        return page.filter(path -> !path.equals(target.path())) // a page that is gated itself must not lead to itself
                .map(path -> path + "?next=" + next(target));
    }

    private static boolean isNavigation(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return false;
        }
        var mode = request.getHeader("Sec-Fetch-Mode");
        return mode == null ? prefersHtml(request.getHeader(HttpHeaders.ACCEPT)) : mode.equals("navigate");
    }

    private static boolean prefersHtml(@org.jspecify.annotations.Nullable String accept) {
        return accept != null && quality(accept, "text/html") > quality(accept, "application/json");
    }

    /** The weight of a media type that is named itself (RFC 9110, section 12.5.1); zero for one that a wildcard covers. */
    private static double quality(String accept, String type) {
        for (var range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = range.split(";", -1);
            if (parts[0].trim().equals(type)) {
                for (int i = 1; i < parts.length; i++) {
                    var parameter = parts[i].trim();
                    if (parameter.startsWith("q=")) {
                        return weight(parameter.substring(2));
                    }
                }
                return 1;
            }
        }
        return 0;
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException broken) {
            return 0;
        }
    }

    /** Only a path of this origin: {@code //host} is another one for a browser, and so is {@code /\host}. */
    private static String next(RequestTarget target) {
        var wanted = target.forwarded();
        boolean local = !wanted.startsWith("//") && !wanted.startsWith("/\\");
        return URLEncoder.encode(local ? wanted : "/", StandardCharsets.UTF_8);
    }
}
