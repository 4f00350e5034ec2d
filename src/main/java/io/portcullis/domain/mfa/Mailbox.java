package io.portcullis.domain.mfa;

/** Where codes are mailed to; a provisional one serves until the first right code of the authenticator app. */
public record Mailbox(String address, boolean provisional) {
    /** The address as it may be shown: {@code a***@example.com}. */
    public static String masked(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "***" : address.charAt(0) + "***" + address.substring(at);
    }
}
