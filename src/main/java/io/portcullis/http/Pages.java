package io.portcullis.http;

/** Local paths that a browser is led to. */
public record Pages(String login, String setup, String verify) {
    public static final Pages DEFAULTS = new Pages("/auth/ui/login", "/auth/ui/setup", "/auth/ui/verify");
}
