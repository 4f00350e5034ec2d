package io.portcullis.demo;

import io.vertx.core.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/**
 * A mail as a mail program would show it. Whatever wrote it is not trusted: no text here is safe to be put on a page.
 *
 * @param number 1 for the first that arrived
 * @param at when it arrived, in whole seconds
 * @param text empty when there is no such part, as is {@code html}
 */
record Mail(long number, Instant at, String to, String subject, String text, String html) {

    /** Reads the bytes of a message (RFC 5322, MIME). */
    static Mail read(long number, Instant at, String to, byte[] bytes) throws MessagingException, IOException {
        var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        var subject = Objects.requireNonNullElse(message.getSubject(), "");
        return new Mail(number, at, to, subject, part(message, "text/plain"), part(message, "text/html"));
    }

    /** The first part of this type, empty when there is none. */
    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    JsonObject toJson() {
        return JsonObject.of("number", number, "at", at.toString(), "to", to, "subject", subject, "text", text);
    }
}
