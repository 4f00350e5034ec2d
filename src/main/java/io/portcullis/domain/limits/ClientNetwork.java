package io.portcullis.domain.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What limits count an address by: an IPv4 address itself, of an IPv6 one its /64, as whoever has one has all of that. */
public final class ClientNetwork {
    private static final int SUBNET_BYTES = 8; // RFC 4291, section 2.5.1

    private ClientNetwork() {}

    /** What is no address is counted as the text that it is. */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // In brackets it is never a name that would be looked up. An IPv4 address written as IPv6 is read as the
            // IPv4
            // one that it is.
            var read = InetAddress.getByName('[' + address + ']');
            return read instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), SUBNET_BYTES)) + "/64"
                    : read.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
