package io.portcullis.pages;

import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.http.HtmlAnswer;
import io.portcullis.http.OwnHeaders;
import io.portcullis.http.RequestOrigin;
import io.portcullis.http.UnreadBody;
import io.portcullis.pages.PageFiles.Image;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;

/** The files that pages load: the script and the logo. Held in memory; no path of a request is ever one of the file system. */
final class PageAssets {
    /** An SVG that somebody opens by itself runs nothing and loads nothing. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Map<String, Optional<Image>> files;

    PageAssets(PageSettings settings) {
        var script = Buffer.buffer(PageFiles.text("app.js", settings.folder()));
        files = Map.of(
                Paths.SCRIPT,
                Optional.of(new Image("text/javascript; charset=utf-8", script)),
                Paths.LOGO,
                settings.logo().map(PageFiles::logo));
    }

    boolean serves(String path) {
        return files.containsKey(path);
    }

    Future<Void> send(HttpServerRequest request, RequestOrigin origin, String path) {
        var file = files.getOrDefault(path, Optional.empty());
        if (file.isEmpty()) {
            return Future.failedFuture(new Refused(new Problem.NoRoute()));
        }
        var answer = request.response();
        OwnHeaders.put(answer.headers(), origin);
        HtmlAnswer.protect(request, POLICY);
        answer.putHeader(HttpHeaders.CONTENT_TYPE, file.get().type());
        if (request.method().equals(HttpMethod.HEAD)) {
            answer.putHeader(
                    HttpHeaders.CONTENT_LENGTH,
                    Integer.toString(file.get().bytes().length()));
            UnreadBody.end(request, answer::end);
        } else {
            UnreadBody.end(request, () -> answer.end(file.get().bytes()));
        }
        return Future.succeededFuture();
    }
}
