package io.portcullis.config;

import io.portcullis.http.Networks;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/** Where an identity source asks others, and which certificates they may have. */
final class SourceUrl {
    private static final Networks PRIVATE = new Networks(List.of(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "::1",
            "fc00::/7",
            "fe80::/10"));

    private SourceUrl() {}

    /** The URL; what is wrong with it has been reported when this throws {@link Value.Unreadable}. */
    static URI of(Value value, Problems problems) {
        try {
            var url = new URI(value.text());
            if (url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException noUrl) {
            // told below
        }
        problems.add(value, "must be a URL with a host, without user, password or #");
        throw new Value.Unreadable();
    }

    /** Whether the host is this machine, at a private address (RFC 1918, RFC 4193), or one that only a local resolver knows. */
    static boolean isNear(String host) {
        boolean address6 = host.startsWith("[");
        return address6
                ? PRIVATE.contain(host.substring(1, host.length() - 1))
                : host.indexOf('.') < 0 || PRIVATE.contain(host);
    }

    /** The certificates themselves, so that a file that is gone later is no matter. */
    static Optional<String> authority(Value ca, Problems problems) {
        return ca.optionalText().flatMap(path -> {
            try {
                var pem = Files.readString(Path.of(path));
                var certificates = CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
                if (!certificates.isEmpty()) {
                    return Optional.of(pem);
                }
            } catch (IOException | InvalidPathException | CertificateException unusable) {
                // told below
            }
            problems.add(ca, "must be the path of a readable PEM file with certificates");
            return Optional.empty();
        });
    }
}
