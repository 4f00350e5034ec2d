package io.portcullis.yaml;

import java.util.List;
import java.util.Map;

/** What the file says, before anything is known of what it should say. */
sealed interface YamlTree {
    Place place();

    /** Members in the order of the file. */
    record Mapping(Place place, Map<String, Member> members) implements YamlTree {}

    record Member(Place keyPlace, YamlTree value) {}

    record Sequence(Place place, List<YamlTree> items) implements YamlTree {}

    /** A text as it stands there, placeholders and all. */
    record Scalar(Place place, String text, Kind kind) implements YamlTree {}

    /** What an unquoted value is by the core schema of YAML 1.2; a quoted one is a text. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING
    }
}
