package io.portcullis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The config file of a {@link TestGateway} on disk, for commands on the host; with what it needs of the environment in it. */
public final class HostConfig {
    private HostConfig() {}

    /** Writes {@code portcullis.yaml} and the keyset into {@code folder}. */
    public static Path write(Path folder, TestGateway gateway) {
        return write(folder, gateway, Map.of());
    }

    /** The same with other values of the environment, such as another {@code REDIS_URL}. */
    public static Path write(Path folder, TestGateway gateway, Map<String, String> instead) {
        try {
            Files.writeString(folder.resolve("keyset.json"), TestGateway.keyset());
            var text = gateway.config()
                    .replace("\"${KEYSET}\"", "\"${file:keyset.json}\"")
                    .replace("${REALM}", gateway.realm())
                    .replace("${LEGACY_URL}", "http://127.0.0.1:" + gateway.backendPort());
            for (var name : TestGateway.storesAndSecrets().keySet()) {
                var value = instead.getOrDefault(
                        name, TestGateway.storesAndSecrets().get(name));
                text = text.replace("${" + name + "}", value);
            }
            for (var override : gateway.overrides().entrySet()) {
                text = text.replace("${" + override.getKey() + "}", override.getValue());
            }
            return Files.writeString(folder.resolve("portcullis.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
