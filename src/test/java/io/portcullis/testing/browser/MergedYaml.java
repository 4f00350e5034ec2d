package io.portcullis.testing.browser;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A YAML document with changes to it; what is not changed keeps its spelling, so that placeholders remain. */
final class MergedYaml {
    private MergedYaml() {}

    static String of(String document, String changes) {
        if (changes.isBlank()) {
            return document;
        }
        var yaml = new Yaml();
        var root = (MappingNode) yaml.compose(new StringReader(document));
        merge(root, (MappingNode) yaml.compose(new StringReader(changes)));
        var merged = new StringWriter();
        yaml.serialize(root, merged);
        return merged.toString();
    }

    private static void merge(MappingNode into, MappingNode changes) {
        var tuples = new ArrayList<>(into.getValue());
        for (var change : changes.getValue()) {
            var old = tuples.stream()
                    .filter(tuple -> key(tuple).equals(key(change)))
                    .findFirst();
            if (old.isEmpty()) {
                tuples.add(change);
            } else if (old.get().getValueNode() instanceof MappingNode inner
                    && change.getValueNode() instanceof MappingNode innerChanges) {
                merge(inner, innerChanges);
            } else {
                tuples.set(tuples.indexOf(old.get()), change);
            }
        }
        into.setValue(tuples);
    }

    private static String key(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        return ((ScalarNode) key).getValue();
    }
}
