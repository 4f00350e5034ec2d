package io.portcullis.adapter.mail;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** One address that can stand in a header and in an SMTP command: no space, no control character, nothing quoted. */
record MailAddress(String text) {
    private static final Pattern FORM = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /** Of RFC 5321, section 4.5.3.1: the part before the @, and the whole. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST = 254;

    /** Empty when there can be no such address, or none that a server without SMTPUTF8 (RFC 6531) knows. */
    static Optional<MailAddress> of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at > LONGEST_LOCAL_PART || text.length() > LONGEST) {
            return Optional.empty();
        }
        return ascii(text.substring(at + 1))
                .map(domain -> text.substring(0, at + 1) + domain)
                .filter(address ->
                        address.length() <= LONGEST && FORM.matcher(address).matches())
                .map(MailAddress::new);
    }

    private static Optional<String> ascii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain));
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    String domain() {
        return text.substring(text.lastIndexOf('@') + 1);
    }
}
