package io.portcullis.gate;

/**
 * Decodes percent escapes as the most lenient server would: {@code %u00e9} as well, overlong UTF-8 as the character it stands for (RFC 3629,
 * section 10, warns of it), a broken escape as itself, a byte that is no UTF-8 as ISO 8859-1.
 */
final class PercentDecoder {
    private final String text;
    private final StringBuilder decoded;
    private final boolean knowsOverlong;
    private int at;

    private PercentDecoder(String text, boolean knowsOverlong) {
        this.text = text;
        this.knowsOverlong = knowsOverlong;
        this.decoded = new StringBuilder(text.length());
    }

    /** One round; {@code keepSlashes} leaves an encoded slash encoded. */
    static String decode(String text, boolean keepSlashes) {
        return new PercentDecoder(text, true).decode(keepSlashes);
    }

    /** The same where overlong UTF-8 is no UTF-8: its bytes stand for themselves. */
    static String decodeShortest(String text, boolean keepSlashes) {
        return new PercentDecoder(text, false).decode(keepSlashes);
    }

    private String decode(boolean keepSlashes) {
        while (at < text.length()) {
            int start = at;
            int code = next();
            if (code == '/' && keepSlashes) {
                decoded.append(text, start, at);
            } else if (Character.isValidCodePoint(code)) {
                decoded.appendCodePoint(code);
            } else {
                decoded.append('\uFFFD');
            }
        }
        return decoded.toString();
    }

    private int next() {
        int unit = unitAt(at);
        if (unit >= 0) {
            at += 6;
            return unit;
        }
        int lead = byteAt(at);
        if (lead < 0) {
            return text.charAt(at++);
        }
        at += 3;
        int length =
                Integer.numberOfLeadingZeros(~(lead << 24)); // of the UTF-8 sequence, up to six bytes as it once was
        if (length < 2 || length > 6) {
            return lead;
        }
        int code = lead & (0x7F >> length);
        for (int i = 0; i < length - 1; i++) {
            int next = byteAt(at + 3 * i);
            if (next < 0 || (next & 0xC0) != 0x80) {
                return lead;
            }
            code = code << 6 | (next & 0x3F);
        }
        if (!knowsOverlong && code < (length == 2 ? 0x80 : 1 << (5 * length - 4))) {
            return lead;
        }
        at += 3 * (length - 1);
        return code;
    }

    /** The escaped byte at an index, or -1. */
    private int byteAt(int index) {
        return index + 2 < text.length() && text.charAt(index) == '%' ? hex(index + 1, 2) : -1;
    }

    /** The UTF-16 unit of an escape such as {@code %u00e9} at an index, or -1. */
    private int unitAt(int index) {
        boolean unit = index + 5 < text.length() && text.charAt(index) == '%' && text.charAt(index + 1) == 'u';
        return unit ? hex(index + 2, 4) : -1;
    }

    private int hex(int start, int digits) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
