package io.portcullis.domain.device;

import java.time.Duration;

/** What a remembered device keeps in its cookie, and for how long. A secret, so it prints itself hidden. */
public record DeviceToken(String value, Duration expiresIn) {
    @Override
    public String toString() {
        return "DeviceToken[hidden]";
    }
}
