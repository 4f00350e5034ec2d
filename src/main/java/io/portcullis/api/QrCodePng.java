package io.portcullis.api;

import io.nayuki.qrcodegen.QrCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A QR code as a PNG data URL. Written by hand in 1-bit grey: ImageIO would bring the whole desktop module for it. */
public final class QrCodePng {
    private static final int PIXELS_A_MODULE = 6;
    private static final int QUIET_ZONE = 4; // modules, ISO/IEC 18004
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private QrCodePng() {}

    /** {@code data:image/png;base64,...} of this text. */
    public static String dataUrl(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(code));
    }

    private static byte[] png(QrCode code) {
        int side = (code.size + 2 * QUIET_ZONE) * PIXELS_A_MODULE;
        var png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // bit depth 1, greyscale, deflate, no filter, not interlaced
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 1).array());
        chunk(png, "IDAT", deflate(rows(code, side)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] rows(QrCode code, int side) {
        int rowBytes = 1 + (side + 7) / 8; // each row begins with its filter, 0
        var rows = new byte[rowBytes * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean dark = code.getModule(x / PIXELS_A_MODULE - QUIET_ZONE, y / PIXELS_A_MODULE - QUIET_ZONE);
                if (!dark) {
                    rows[y * rowBytes + 1 + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return rows;
    }

    private static byte[] deflate(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end(); // its memory is not the heap's
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        var typed = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var checksum = new CRC32();
        checksum.update(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
