package io.portcullis.dialect;

import io.portcullis.dialect.OperationSpec.Kind;
import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Units;
import io.portcullis.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how a route answers each outcome of its operation. */
final class AnswerReader {
    /** What the gateway says itself, frames the answer, or orders caches, browsers and proxies about. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "age",
            "allow",
            "alt-svc",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expires",
            "keep-alive",
            "location",
            "pragma",
            "refresh",
            "retry-after",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "www-authenticate",
            "x-portcullis",
            "x-request-id",
            "x-sendfile");

    private static final List<String> OWN_PREFIXES = List.of(
            "access-control-",
            "cdn-",
            "cloudflare-",
            "proxy-",
            "ratelimit",
            "surrogate-",
            "x-2fa-",
            "x-accel-",
            "x-auth-",
            "x-forwarded-");

    private final TemplateReader templates;
    private final Problems problems;

    AnswerReader(TemplateReader templates, Problems problems) {
        this.templates = templates;
        this.problems = problems;
    }

    /** {@code arguments}: those that the route gives. */
    Map<String, Route.Answer> read(Value answers, OperationSpec operation, Map<String, Argument> arguments) {
        var read = new LinkedHashMap<String, Route.Answer>();
        var shapeable = operation.outcomesOf(arguments).stream()
                .filter(outcome -> outcome.kind() != Kind.REDIRECT)
                .toList();
        answers.members()
                .forEach((name, value) -> shapeable.stream()
                        .filter(outcome -> outcome.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                outcome -> read.put(name, answer(value, operation, outcome)),
                                () -> problems.add(
                                        value,
                                        operation.name() + " never comes to " + name + " here"
                                                + known(name, shapeable))));
        boolean allKnown = read.keySet().equals(answers.members().keySet());
        if (!answers.members().isEmpty() && allKnown) {
            for (var outcome : shapeable) {
                if (outcome.kind() == Kind.VALUES && !answers.members().containsKey(outcome.name())) {
                    problems.add(
                            answers,
                            operation.name() + " may come to " + outcome.name() + "; say how that is answered");
                }
            }
        }
        return read;
    }

    private static String known(String name, List<OperationSpec.Outcome> outcomes) {
        var names = outcomes.stream().map(OperationSpec.Outcome::name).toList();
        return Nearest.to(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> names.isEmpty()
                        ? "; it leads a browser on, and there is nothing to shape"
                        : "; it comes to " + String.join(", ", names));
    }

    private Route.Answer answer(Value value, OperationSpec operation, OperationSpec.Outcome outcome) {
        var whose = operation.name() + " (" + outcome.name() + ")";
        var status = value.at("status").optional().map(Value::number);
        if (status.filter(number -> number < 200 || number > 299).isPresent()) {
            problems.add(value.at("status"), "must be a status from 200 to 299");
        }
        var body = value.at("body").given()
                ? Optional.of(templates.read(value.at("body"), outcome.values(), whose))
                : Optional.<Template>empty();
        if (body.isPresent()
                && status.filter(number -> number == 204 || number == 205).isPresent()) {
            problems.add(value.at("body"), "a " + status.get() + " has no body; leave out one of both");
        }
        return new Route.Answer(
                status,
                body,
                headers(value.at("headers"), outcome, whose),
                cookies(value.at("cookies"), outcome, whose));
    }

    private Map<String, Template> headers(Value headers, OperationSpec.Outcome outcome, String whose) {
        var read = new LinkedHashMap<String, Template>();
        var names = new HashSet<String>();
        headers.members().forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!names.add(lower)) {
                problems.add(value, name + " is there in another spelling; keep one");
            }
            if (!Source.TOKEN.matcher(name).matches()) {
                problems.add(value, name + " cannot be the name of a header");
            } else if (OWN_HEADERS.contains(lower) || OWN_PREFIXES.stream().anyMatch(lower::startsWith)) {
                problems.add(value, name + " is set by the gateway itself; leave it out");
            }
            if (value.readable()) {
                read.put(name, templates.readText(value, outcome.values(), whose));
            }
        });
        return read;
    }

    private List<Route.AnswerCookie> cookies(Value cookies, OperationSpec.Outcome outcome, String whose) {
        var read = new ArrayList<Route.AnswerCookie>();
        cookies.members().forEach((name, cookie) -> {
            if (!Source.TOKEN.matcher(name).matches()) {
                problems.add(cookie, name + " cannot be the name of a cookie");
            }
            if (!cookie.at("value").readable()) {
                return; // reported before
            }
            read.add(new Route.AnswerCookie(
                    name,
                    templates.readText(cookie.at("value"), outcome.values(), whose),
                    cookie.at("maxAge")
                            .optionalText()
                            .map(text -> Units.duration(text).toSeconds()),
                    cookie.at("httpOnly").optional().map(Value::flag).orElse(true)));
        });
        return read;
    }
}
