package io.portcullis.domain.device;

import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Fingerprint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of a client by which an account was used: coarse enough that another lease of the same line, or an update of
 * the same browser, is nothing new.
 *
 * @param network the /24 of an IPv4 address, the /48 of an IPv6 one
 * @param userAgentDigest the SHA-256 of the user agent without its version numbers, base64url without padding
 */
public record KnownClient(String network, String userAgentDigest) {
    /** How many are kept of an account; where there are more, those go that were not seen for longest. */
    public static final int MOST = 50;

    private static final Pattern VERSION = Pattern.compile("[0-9._]+");

    /** How much of a client an account knew before; {@code first}: it knew none at all. */
    public record Familiar(boolean first, boolean network, boolean userAgent) {}

    public static KnownClient of(Client client) {
        var agent = VERSION.matcher(client.userAgent()).replaceAll("");
        return new KnownClient(network(client.address()), Fingerprint.of(agent).value());
    }

    /** What is no address is a network of its own. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            int lastDot = address.lastIndexOf('.');
            return lastDot < 0 ? address : address.substring(0, lastDot) + ".0/24";
        }
        try {
            // In brackets it is never a name that would be looked up.
            var read = InetAddress.getByName('[' + address + ']');
            return read instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 6)) + "/48"
                    : network(read.getHostAddress()); // an IPv4 address written as IPv6
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
