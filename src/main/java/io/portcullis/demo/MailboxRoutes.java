package io.portcullis.demo;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;

/** What the mailbox answers: its page, one mail on it, and the same as JSON. */
final class MailboxRoutes implements Handler<HttpServerRequest> {
    /**
     * A mail's HTML stands in a sandboxed frame, which inherits this: it can run nothing and load nothing. Frames are not
     * restricted, as not every browser would then show that one.
     */
    private static final String POLICY =
            "script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:;"
                    + " font-src 'none'; media-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'";

    private static final String ONE_MAIL = "/mailbox/";

    private final KeptMails mails;

    MailboxRoutes(KeptMails mails) {
        this.mails = mails;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var response = request.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            response.setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
            return;
        }
        String path = String.valueOf(request.path());
        switch (path) {
            case "/" ->
                response.setStatusCode(302).putHeader("Location", "/mailbox").end();
            case "/mailbox" -> newest(response);
            case "/mailbox.json" -> send(response, "application/json", json());
            case "/mailbox.js" -> send(response, "text/javascript; charset=utf-8", MailboxPage.SCRIPT);
            default -> one(response, path);
        }
    }

    private void newest(HttpServerResponse response) {
        var all = mails.newestFirst();
        page(response, MailboxPage.of(all, all.stream().findFirst()));
    }

    private void one(HttpServerResponse response, String path) {
        var all = mails.newestFirst();
        var shown = all.stream()
                .filter(mail -> path.equals(ONE_MAIL + mail.number()))
                .findFirst();
        if (shown.isEmpty()) {
            response.setStatusCode(404);
        }
        page(response, MailboxPage.of(all, shown));
    }

    /** One mail a line, so that line tools can pick one. */
    private String json() {
        return mails.newestFirst().stream()
                .map(mail -> mail.toJson().encode())
                .collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private static void page(HttpServerResponse response, String page) {
        send(response, "text/html; charset=utf-8", page);
    }

    private static void send(HttpServerResponse response, String type, String body) {
        response.putHeader("Content-Type", type).end(body);
    }
}
