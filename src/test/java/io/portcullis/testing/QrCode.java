package io.portcullis.testing;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A QR code as a camera sees it. */
public final class QrCode {
    private static final String PNG = "data:image/png;base64,";

    /** Without a guess where in a photograph it is, which now and then is wrong. */
    private static final Map<DecodeHintType, Boolean> AS_DRAWN = Map.of(DecodeHintType.PURE_BARCODE, true);

    private QrCode() {}

    /** What the picture of a data URL says; fails when it is none. */
    public static String scanned(String dataUrl) {
        if (!dataUrl.startsWith(PNG)) {
            throw new AssertionError("no PNG: " + dataUrl);
        }
        var png = Base64.getDecoder().decode(dataUrl.substring(PNG.length()));
        try {
            var image = ImageIO.read(new ByteArrayInputStream(png));
            var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
            return new QRCodeReader().decode(bitmap, AS_DRAWN).getText();
        } catch (ReaderException unreadable) {
            throw new AssertionError("no QR code", unreadable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
