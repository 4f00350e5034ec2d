package io.portcullis.domain.device;

import java.util.Optional;

/**
 * What a request says of the device that sent it.
 *
 * @param token of its cookie, if it was remembered before
 * @param remember whether it is to be remembered
 */
public record ThisDevice(Optional<String> token, boolean remember) {
    @Override
    public String toString() {
        return "ThisDevice[hidden]";
    }
}
