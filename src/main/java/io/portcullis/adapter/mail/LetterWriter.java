package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Device;
import io.portcullis.domain.notice.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Puts messages into words. */
final class LetterWriter {
    private static final int LONGEST_VALUE = 200;

    private final Brand brand;
    private final Page page;

    LetterWriter(Brand brand) {
        this.brand = brand;
        this.page = new Page(brand);
    }

    Letter write(Message message) {
        return switch (message) {
            case Message.Code code -> code(code);
            case Message.Notice notice -> notice(notice);
        };
    }

    /** How long a code can be used, in whole minutes; at least one. */
    static long minutes(Duration life) {
        return Math.max(1, life.toMinutes());
    }

    private Letter code(Message.Code message) {
        var language = message.language();
        long minutes = minutes(message.life());
        var values = Map.of("brand", brand.name(), "minutes", Long.toString(minutes), "code", message.code());
        var what = words(language, "code.what", values);
        var life = words(language, minutes == 1 ? "code.life.one" : "code.life", values);
        var asked = Texts.get(language, "code.asked");
        var facts = facts(message);
        var advice = Texts.get(language, "code.advice");
        var text = new Plain()
                .paragraph(what)
                .paragraph("    " + message.code())
                .paragraph(life)
                .paragraph(asked)
                .facts(facts)
                .paragraph(advice)
                .end(footer(language));
        var body = Page.paragraph(what)
                + Page.code(message.code())
                + Page.paragraph(life)
                + Page.paragraph(asked)
                + Page.facts(facts)
                + Page.strong(advice);
        var brief = Texts.fill(
                Texts.get(language, "code.brief"), Map.of("brand", brand.name(), "code", message.code(), "life", life));
        var html = page.with(language, Texts.get(language, "code.title"), body, footer(language));
        return new Letter(Texts.get(language, "code.subject"), text, html, brief);
    }

    private Letter notice(Message.Notice message) {
        var language = message.language();
        var kind = message.kind().name();
        var subject = Texts.get(language, kind + ".subject");
        var what = words(language, kind + ".what", Map.of("brand", brand.name()));
        var advice = Texts.get(language, kind + ".advice");
        var facts = facts(message);
        if (!message.detail().isBlank()) {
            facts.put(Texts.get(language, kind + ".detail"), line(message.detail()));
        }
        var text = new Plain().paragraph(what).facts(facts).paragraph(advice).end(footer(language));
        var body = Page.paragraph(what) + Page.facts(facts) + Page.strong(advice);
        var html = page.with(language, subject, body, footer(language));
        return new Letter(subject, text, html, what + " " + advice);
    }

    private String footer(Locale language) {
        return words(language, "footer", Map.of("brand", brand.name()));
    }

    private static String words(Locale language, String key, Map<String, String> values) {
        return Texts.fill(Texts.get(language, key), values);
    }

    /** When, from where, with what; what is not known is left out. */
    private static Map<String, String> facts(Message message) {
        var language = message.language();
        var facts = new LinkedHashMap<String, String>();
        facts.put(Texts.get(language, "fact.when"), when(message.at(), language));
        if (!message.address().isBlank()) {
            facts.put(Texts.get(language, "fact.address"), line(message.address()));
        }
        Device.of(message.userAgent())
                .ifPresent(device -> facts.put(Texts.get(language, "fact.device"), words(language, device)));
        return facts;
    }

    static String words(Locale language, Device device) {
        var program = device.program().orElseGet(() -> Texts.get(language, "device.unknown"));
        return device.system()
                .map(system -> words(language, "device.both", Map.of("program", program, "system", system)))
                .orElse(program);
    }

    private static String when(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(Texts.get(language, "when"), Texts.language(language))
                .format(at.atOffset(ZoneOffset.UTC));
    }

    /** One line of bounded length; control, format and surrogate characters can neither break nor turn it. */
    private static String line(String value) {
        var line = value.replaceAll("[\\p{C}\\s]+", " ").strip();
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }

    /** The text part, paragraph by paragraph. */
    private static final class Plain {
        private final StringBuilder text = new StringBuilder();

        Plain paragraph(String paragraph) {
            text.append(paragraph).append("\n\n");
            return this;
        }

        Plain facts(Map<String, String> facts) {
            facts.forEach((name, value) ->
                    text.append("    ").append(name).append(": ").append(value).append('\n'));
            text.append('\n');
            return this;
        }

        String end(String footer) {
            return text + "-- \n" + footer + '\n';
        }
    }
}
