package io.portcullis.domain.session;

/** Where a request comes from: the address as text, and what the user agent says of itself (at most 256 characters, may be empty). */
public record Client(String address, String userAgent) {
    private static final int LONGEST = 256;

    public Client {
        userAgent = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
    }
}
