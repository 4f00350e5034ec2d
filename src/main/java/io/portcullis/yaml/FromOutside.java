package io.portcullis.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code>, <code>${NAME:-default}</code> and <code>${file:PATH}</code> in one value;
 * <code>$${</code> stands for <code>${</code> itself. What is put in is not looked at again.
 */
final class FromOutside implements Substitution {
    /** More than any key or certificate; a device such as {@code /dev/zero} never ends. */
    private static final int LARGEST_FILE = 1 << 20;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)\\}|\\$\\{");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);

    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder where relative paths start */
    FromOutside(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    @Override
    public Optional<Text> apply(String text, Consumer<String> problems) {
        var complete = true;
        var replaced = false;
        var result = new StringBuilder();
        var found = PLACEHOLDER.matcher(text);
        while (found.find()) {
            var placeholder = found.group(1);
            if (placeholder == null && found.group().startsWith("$$")) {
                found.appendReplacement(result, Matcher.quoteReplacement("${"));
                continue;
            }
            var value = placeholder == null ? unclosed(problems) : value(placeholder, problems);
            found.appendReplacement(result, Matcher.quoteReplacement(value.orElse("")));
            complete &= value.isPresent();
            replaced = true;
        }
        found.appendTail(result);
        return complete ? Optional.of(new Text(result.toString(), replaced)) : Optional.empty();
    }

    private static Optional<String> unclosed(Consumer<String> problems) {
        problems.accept("has a ${ without its }; write $${ for the characters themselves");
        return Optional.empty();
    }

    private Optional<String> value(String placeholder, Consumer<String> problems) {
        if (placeholder.startsWith("file:")) {
            return content(placeholder.substring("file:".length()), problems);
        }
        var variable = VARIABLE.matcher(placeholder);
        if (!variable.matches()) {
            problems.accept("${...} takes NAME, NAME:-default or file:PATH; write $${ for the characters themselves");
            return Optional.empty();
        }
        var name = variable.group(1);
        var value = Optional.ofNullable(environment.get(name));
        if (variable.group(3) != null) {
            return Optional.of(value.filter(set -> !set.isEmpty()).orElse(variable.group(3)));
        }
        if (value.isEmpty()) {
            problems.accept("the environment variable " + name + " is not set; set it, or give a default: ${" + name
                    + ":-default}");
        }
        return value;
    }

    private Optional<String> content(String path, Consumer<String> problems) {
        try (var file = Files.newInputStream(folder.resolve(path))) {
            var bytes = file.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                problems.accept("the file " + path + " is larger than 1MiB");
                return Optional.empty();
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(withoutLineEnd(text));
        } catch (NoSuchFileException missing) {
            var relative = Path.of(path).isAbsolute() ? "" : "; a relative path starts at the folder of this file";
            problems.accept("the file " + path + " is missing" + relative);
        } catch (CharacterCodingException notText) {
            problems.accept("the file " + path + " is not text in UTF-8");
        } catch (InvalidPathException notPath) {
            problems.accept("${file:PATH} needs a path");
        } catch (IOException unreadable) {
            problems.accept("the file " + path + " cannot be read; check that it is a file and its permissions");
        }
        return Optional.empty();
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
