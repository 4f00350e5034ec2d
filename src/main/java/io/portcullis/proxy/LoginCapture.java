package io.portcullis.proxy;

import io.portcullis.domain.login.CaptureSettings;
import io.portcullis.http.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;

public final class LoginCapture {
    public void handle(HttpServerRequest request, String target, CaptureSettings capture, RequestOrigin origin) {}
}
