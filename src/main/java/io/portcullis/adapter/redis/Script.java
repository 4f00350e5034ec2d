package io.portcullis.adapter.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script of one key and the name that Redis keeps it under. */
record Script(String text, String sha) {
    static Script of(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    Request request(Command command, String script, String key, Object... arguments) {
        var all = new Object[arguments.length + 3];
        all[0] = script;
        all[1] = 1;
        all[2] = key;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Request.cmd(command, all);
    }
}
