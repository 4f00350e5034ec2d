package io.portcullis.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The core schema of YAML 1.2 (section 10.3.2), by which editors read the file too. SnakeYAML's own is that of YAML
 * 1.1, where {@code no} is false, {@code 0123} is 83 and {@code 1:30} is 90.
 */
final class CoreResolver extends Resolver {
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL");
    private static final Pattern NO_TEXT = Pattern.compile("");
    private static final Pattern TRUE_OR_FALSE = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.NULL, NOTHING, "~nN");
        addImplicitResolver(Tag.NULL, NO_TEXT, null);
        addImplicitResolver(Tag.BOOL, TRUE_OR_FALSE, "tTfF");
        addImplicitResolver(Tag.FLOAT, NUMBER, "-+.0123456789");
    }
}
