package io.portcullis.http;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** A network of IPv4 or IPv6 addresses, {@code 10.0.0.0/8} (RFC 4632). A bare address is a network of one. */
final class CidrBlock {
    /** What an IPv4 address written as IPv6 begins with (RFC 4291, section 2.5.5.2). */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private final byte[] network;
    private final int bits;

    private CidrBlock(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        var address = bytes(slash < 0 ? text : text.substring(0, slash));
        boolean mapped = address.length == 4 && text.indexOf(':') >= 0;
        int bits = slash < 0
                ? address.length * 8
                : Integer.parseInt(text.substring(slash + 1)) - (mapped ? MAPPED.length * 8 : 0);
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("no network: " + text);
        }
        return new CidrBlock(address, bits);
    }

    /** The bytes of an address, an IPv4 one written as IPv6 ({@code ::ffff:10.0.0.1}) as the IPv4 one that it is. */
    static byte[] bytes(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            throw new IllegalArgumentException("no IP address: " + address);
        }
        boolean mapped = bytes.length == 16 && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return mapped ? Arrays.copyOfRange(bytes, MAPPED.length, bytes.length) : bytes;
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        int mask = 0xff << (8 - rest) & 0xff;
        return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
    }
}
