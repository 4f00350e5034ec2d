package io.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QrCodePngTest {
    private static final String PREFIX = "data:image/png;base64,";

    @ParameterizedTest
    @CsvSource({
        "Portcullis, a@b.example",
        "SynergyCon Admin, someone.with.a.very.long.address+and-a-tag@department.of.a.long.name.example.com",
    })
    void anAppReadsTheUrlBackFromThePicture(String issuer, String account) throws Exception {
        var url = TotpKey.of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", TotpSettings.DEFAULTS)
                .otpauthUrl(issuer, account);
        assertThat(read(QrCodePng.dataUrl(url))).isEqualTo(url);
    }

    private static String read(String dataUrl) throws Exception {
        assertThat(dataUrl).startsWith(PREFIX);
        var png = Base64.getDecoder().decode(dataUrl.substring(PREFIX.length()));
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        var bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture)));
        return new QRCodeReader().decode(bitmap).getText();
    }
}
