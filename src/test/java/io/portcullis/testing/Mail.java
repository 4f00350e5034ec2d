package io.portcullis.testing;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parts and headers as a mail program would show them. */
public record Mail(String to, String subject, String text, String html, Map<String, String> headers) {
    private static final Pattern CODE = Pattern.compile("^ {4}([0-9]{6,8})\\s*$", Pattern.MULTILINE);

    /** The code that it brings, if it does. */
    public Optional<String> code() {
        var found = CODE.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    static Mail read(String to, byte[] bytes) throws IOException {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            message.getAllHeaders()
                    .asIterator()
                    .forEachRemaining(one -> headers.merge(one.getName(), one.getValue(), (a, b) -> a + "\n" + b));
            return new Mail(to, message.getSubject(), part(message, "text/plain"), part(message, "text/html"), headers);
        } catch (MessagingException broken) {
            throw new IOException(broken);
        }
    }

    /** The first part of this type, empty when there is none. */
    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
