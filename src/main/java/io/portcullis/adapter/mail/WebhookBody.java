package io.portcullis.adapter.mail;

import io.portcullis.domain.notice.Brand;
import io.portcullis.domain.notice.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON document with gaps such as <code>{{to}}</code> in its texts; the JSON encoder escapes what is filled in. */
final class WebhookBody {
    private static final Pattern GAP = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final List<String> KNOWN =
            List.of("to", "code", "minutes", "text", "brand", "kind", "realm", "subject");

    private WebhookBody() {}

    /** Throws for a gap that nothing fills, and when neither code nor text would ever be sent. */
    static void check(JsonObject body) {
        Set<String> used = new HashSet<>();
        filled(body, text -> {
            GAP.matcher(text).results().forEach(gap -> used.add(gap.group(1)));
            return text;
        });
        if (!KNOWN.containsAll(used)) {
            throw new IllegalArgumentException("mail.webhook.body has a gap that nothing fills; known are: "
                    + String.join(
                            ", ", KNOWN.stream().map(name -> "{{" + name + "}}").toList()));
        }
        if (!used.contains("code") && !used.contains("text")) {
            throw new IllegalArgumentException("mail.webhook.body lacks {{code}} or {{text}}, so no code would arrive");
        }
    }

    static JsonObject of(JsonObject body, Message message, Letter letter, Brand brand) {
        var values = values(message, letter, brand);
        return (JsonObject) filled(
                body,
                text -> GAP.matcher(text)
                        .replaceAll(gap -> Matcher.quoteReplacement(values.getOrDefault(gap.group(1), ""))));
    }

    private static Map<String, String> values(Message message, Letter letter, Brand brand) {
        var code = message instanceof Message.Code one ? one.code() : "";
        var minutes = message instanceof Message.Code one ? Long.toString(LetterWriter.minutes(one.life())) : "";
        var kind = message instanceof Message.Notice notice ? notice.kind().name() : "CODE";
        return Map.of(
                "to",
                message.to(),
                "code",
                code,
                "minutes",
                minutes,
                "text",
                letter.brief(),
                "brand",
                brand.name(),
                "kind",
                kind,
                "realm",
                message.account().realm(),
                "subject",
                message.account().subject());
    }

    private static Object filled(Object template, UnaryOperator<String> fill) {
        return switch (template) {
            case JsonObject object -> {
                var result = new JsonObject();
                object.forEach(member -> result.put(member.getKey(), filled(member.getValue(), fill)));
                yield result;
            }
            case JsonArray array -> new JsonArray(items(array, fill));
            case String text -> fill.apply(text);
            default -> template;
        };
    }

    private static List<Object> items(JsonArray array, UnaryOperator<String> fill) {
        return array.stream().map(item -> filled(item, fill)).toList();
    }
}
