package io.portcullis.adapter.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The place a secret belongs to, as bytes that are sealed with it. */
public final class AssociatedData {
    private AssociatedData() {}

    /** Each part after its length, so that {@code ("ab", "c")} and {@code ("a", "bc")} are two places. */
    public static byte[] of(String... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }
}
