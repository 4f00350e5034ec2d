package io.portcullis.yaml;

import io.portcullis.yaml.YamlTree.Kind;
import io.portcullis.yaml.YamlTree.Mapping;
import io.portcullis.yaml.YamlTree.Member;
import io.portcullis.yaml.YamlTree.Scalar;
import io.portcullis.yaml.YamlTree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads one YAML document. Constructs no objects, refuses keys given twice, and bounds what aliases may grow to. */
final class YamlReader {
    /** Aliases of aliases double what they stand for each time. */
    private static final int MOST_VALUES = 20_000;

    /** What a value has without a tag of its own. */
    private static final Set<Tag> PLAIN = Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.NULL, Tag.BOOL, Tag.FLOAT);

    private final String needed;
    private final Problems problems;
    private final List<Node> parents = new ArrayList<>();
    private int values;

    /** {@code needed}: what an empty file lacks. */
    YamlReader(String needed, Problems problems) {
        this.needed = needed;
        this.problems = problems;
    }

    /** Empty when the text is no YAML document; the reason is then among the problems. */
    Optional<YamlTree> read(String text) {
        if (Placeholders.clashes(text)) {
            problems.add(Place.START, "", "has characters from U+F8F0 to U+F8F4, which are not allowed here");
            return Optional.empty();
        }
        try {
            var document = compose(Placeholders.hide(text));
            if (document == null) {
                problems.add(Place.START, "", "the file is empty; it needs " + needed);
                return Optional.empty();
            }
            return Optional.of(tree(document, ""));
        } catch (MarkedYAMLException notYaml) {
            problems.add(place(notYaml.getProblemMark()), "", "is not YAML: " + Placeholders.show(reason(notYaml)));
        } catch (ReaderException unprintable) {
            var before = text.substring(0, Math.min(unprintable.getPosition(), text.length()));
            var line = before.lines().count() + (before.endsWith("\n") ? 1 : 0);
            problems.add(
                    new Place((int) Math.max(1, line), before.length() - before.lastIndexOf('\n')),
                    "",
                    "has a control character; remove it");
        } catch (YAMLException tooMuch) {
            problems.add(Place.START, "", "is not acceptable YAML: " + tooMuch.getMessage());
        } catch (TooLarge tooLarge) {
            problems.add(
                    Place.START, "", "holds more than " + MOST_VALUES + " values, aliases counted as what they name");
        }
        return Optional.empty();
    }

    private static @Nullable Node compose(String text) {
        var options = new LoaderOptions();
        try {
            return new Composer(new ParserImpl(new StreamReader(text), options), new CoreResolver(), options)
                    .getSingleNode();
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException broken) { // what the library throws for !a%d and the like
            throw new YAMLException("it has a tag that is none; leave the tag out", broken);
        }
    }

    private YamlTree tree(Node node, String pointer) {
        if (++values > MOST_VALUES) {
            throw new TooLarge();
        }
        var place = place(node.getStartMark());
        if (parents.contains(node)) { // a node equals itself alone
            problems.add(place, pointer, "contains itself through an alias; write the value out");
            return new Scalar(place, "", Kind.NOTHING);
        }
        if (!PLAIN.contains(node.getTag())) {
            problems.add(place, pointer, "has a tag; leave the tag out");
        }
        parents.add(node);
        var tree = switch (node) {
            case MappingNode mapping -> mapping(mapping, place, pointer);
            case SequenceNode sequence -> sequence(sequence, place, pointer);
            case ScalarNode scalar -> new Scalar(place, Placeholders.show(scalar.getValue()), kind(scalar));
            default -> throw new IllegalStateException("a composed node is a mapping, a sequence or a scalar");
        };
        parents.removeLast();
        return tree;
    }

    private Mapping mapping(MappingNode mapping, Place place, String pointer) {
        var members = new LinkedHashMap<String, Member>();
        for (NodeTuple tuple : mapping.getValue()) {
            var keyPlace = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(keyPlace, pointer, "has a key that is a mapping or a list; a key is a plain word");
                continue;
            }
            var key = Placeholders.show(scalar.getValue());
            var child = Pointers.child(pointer, key);
            var earlier = members.get(key);
            if (earlier != null) {
                problems.add(
                        keyPlace,
                        child,
                        "given twice, first in line " + earlier.keyPlace().line() + "; keep one");
                continue;
            }
            members.put(key, new Member(keyPlace, tree(tuple.getValueNode(), child)));
        }
        return new Mapping(place, members);
    }

    private Sequence sequence(SequenceNode sequence, Place place, String pointer) {
        var items = new ArrayList<YamlTree>();
        for (Node item : sequence.getValue()) {
            items.add(tree(item, Pointers.child(pointer, items.size())));
        }
        return new Sequence(place, items);
    }

    private static Kind kind(ScalarNode scalar) {
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return Kind.NOTHING;
        } else if (tag.equals(Tag.BOOL)) {
            return Kind.BOOLEAN;
        }
        return tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
    }

    private static String reason(MarkedYAMLException notYaml) {
        return notYaml.getProblem() == null ? "it ends in the middle of something" : notYaml.getProblem();
    }

    private static Place place(@Nullable Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static final class TooLarge extends RuntimeException {}
}
