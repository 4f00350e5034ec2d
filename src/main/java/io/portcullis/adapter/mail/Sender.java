package io.portcullis.adapter.mail;

import java.util.regex.Pattern;

/** Who mails are from. */
public final class Sender {
    private static final Pattern NAMED = Pattern.compile("\\s*\"?([^\"<>\\\\\\p{Cntrl}]*?)\"?\\s*<([^<>]+)>\\s*");

    private final String name;
    private final MailAddress address;

    private Sender(String name, MailAddress address) {
        this.name = name;
        this.address = address;
    }

    /**
     * From {@code Example Admin <noreply@example.com>}, or the address alone.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Sender of(String text) {
        var named = NAMED.matcher(text);
        var name = named.matches() ? named.group(1) : "";
        var address = MailAddress.of(named.matches() ? named.group(2) : text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "mail.from must be an address, or a name and an address: Example Admin <noreply@example.com>"));
        return new Sender(name, address);
    }

    String address() {
        return address.text();
    }

    String domain() {
        return address.domain();
    }

    /** The value of {@code From}. */
    String header() {
        return name.isEmpty() ? address() : EncodedWords.phrase(name) + " <" + address() + ">";
    }
}
