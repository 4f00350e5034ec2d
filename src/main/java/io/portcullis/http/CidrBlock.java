package io.portcullis.http;

import io.netty.util.NetUtil;

/** A network of IPv4 or IPv6 addresses, {@code 10.0.0.0/8} (RFC 4632). A bare address is a network of one. */
final class CidrBlock {
    private final byte[] network;
    private final int bits;

    private CidrBlock(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        var address = bytes(slash < 0 ? text : text.substring(0, slash));
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
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
        return bytes;
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
