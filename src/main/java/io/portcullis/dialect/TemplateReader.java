package io.portcullis.dialect;

import io.portcullis.yaml.Nearest;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads templates, and holds what they name against what there is. A name that is none becomes a problem. */
final class TemplateReader {
    private static final String TEXT = "text";
    /** Of any longer number nobody wants to see the digits written out. */
    private static final int LONG_DIGITS = 19;

    private final Map<String, Template.Phrase> phrases;
    private final Problems problems;

    TemplateReader(Map<String, Template.Phrase> phrases, Problems problems) {
        this.phrases = phrases;
        this.problems = problems;
    }

    /** {@code whose}: what the values come of, for messages. */
    Template read(Value value, Shape values, String whose) {
        if (value.isMapping()) {
            var members = new LinkedHashMap<String, Template>();
            value.members().forEach((name, member) -> members.put(name, read(member, values, whose)));
            return new Template.Members(members);
        } else if (value.isList()) {
            var items = new ArrayList<Template>();
            value.items().forEach(item -> items.add(read(item, values, whose)));
            return new Template.Items(items);
        } else if (!value.readable()) {
            return new Template.Literal(""); // reported before
        }
        return value.isText() ? text(value, values, whose) : new Template.Literal(scalar(value.json()));
    }

    /** The same for a place that holds one text, such as a header. */
    Template readText(Value value, Shape values, String whose) {
        var template = read(value, values, whose);
        if (template instanceof Template.Reference reference
                && values.at(reference.path())
                        .filter(found -> !found.shape().isSingle())
                        .isPresent()) {
            problems.add(value, value.text() + " is no single value; name one inside it");
        }
        return template;
    }

    /** A number as the JSON type that other readers see in it: whole ones that fit are a {@code Long}. */
    static Object scalar(Object json) {
        if (json instanceof BigDecimal number && number.precision() - number.scale() <= LONG_DIGITS) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException fraction) {
                return number;
            }
        }
        return json;
    }

    private Template text(Value value, Shape values, String whose) {
        var text = value.text();
        if (!text.startsWith("$")) {
            return new Template.Literal(text);
        } else if (text.startsWith("$$")) {
            return new Template.Literal(text.substring(1));
        }
        var path = List.of(text.substring(1).split("\\.", -1));
        if (path.getFirst().equals(TEXT) && path.size() == 2) {
            return phrase(value, path.getLast());
        }
        if (values.at(path).isEmpty()) {
            problems.add(value, text + " is nothing that " + whose + " has" + known(path, values));
        }
        return new Template.Reference(path);
    }

    private Template phrase(Value value, String name) {
        var phrase = phrases.get(name);
        if (phrase == null) {
            problems.add(value, "no text is called " + name + meant(name, List.copyOf(phrases.keySet()), "$text."));
            return new Template.Literal("");
        }
        return phrase;
    }

    private static String known(List<String> path, Shape values) {
        for (int length = path.size() - 1; length >= 0; length--) {
            var above = values.at(path.subList(0, length));
            if (above.isPresent()) {
                var prefix = "$" + String.join(".", path.subList(0, length)) + (length == 0 ? "" : ".");
                return meant(path.get(length), above.get().shape().names(), prefix);
            }
        }
        return "";
    }

    /** What was meant, or what there is. */
    private static String meant(String name, List<String> known, String prefix) {
        return Nearest.to(name, known)
                .map(near -> "; did you mean " + prefix + near + "?")
                .orElseGet(() -> known.isEmpty()
                        ? "; there is none"
                        : "; there is "
                                + String.join(
                                        ", ",
                                        known.stream().map(one -> prefix + one).toList()));
    }
}
