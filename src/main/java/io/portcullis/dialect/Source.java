package io.portcullis.dialect;

import java.util.Optional;
import java.util.regex.Pattern;

/** One place where a request can have an argument. */
public sealed interface Source {
    /** A member of a JSON body; {@code pointer} is a JSON pointer (RFC 6901). */
    record Body(String pointer) implements Source {}

    /** A field of a form ({@code application/x-www-form-urlencoded}). */
    record Form(String name) implements Source {}

    /** The segment of the path that a template calls so. */
    record Path(String name) implements Source {}

    record Query(String name) implements Source {}

    record Header(String name) implements Source {}

    record Cookie(String name) implements Source {}

    /** The token of {@code Authorization: Bearer} (RFC 6750, section 2.1). */
    record Bearer() implements Source {}

    /** What every place looks like, for messages. */
    String FORMS = "/member of the body, form:field, path:name, query:name, header:name, cookie:name or bearer";

    /** RFC 9110, section 5.6.2. */
    Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    /** As in {@code {name}} of a path. */
    Pattern PLACE = Pattern.compile("[A-Za-z]+");

    Pattern FIELD = Pattern.compile("[^\\x00-\\x20/]{1,64}");

    /** Reads what a dialect file says; empty when it is no place. */
    static Optional<Source> parse(String text) {
        if (text.equals("bearer")) {
            return Optional.of(new Bearer());
        } else if (text.startsWith("/")) {
            return isPointer(text) ? Optional.of(new Body(text)) : Optional.empty();
        }
        int colon = text.indexOf(':');
        var name = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "form" -> FIELD.matcher(name).matches() ? Optional.of(new Form(name)) : Optional.empty();
            case "path" -> PLACE.matcher(name).matches() ? Optional.of(new Path(name)) : Optional.empty();
            case "query" -> FIELD.matcher(name).matches() ? Optional.of(new Query(name)) : Optional.empty();
            case "header" -> TOKEN.matcher(name).matches() ? Optional.of(new Header(name)) : Optional.empty();
            case "cookie" -> TOKEN.matcher(name).matches() ? Optional.of(new Cookie(name)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** With names that are not empty. No regular expression: its repeated groups go as deep as the text is long. */
    private static boolean isPointer(String text) {
        boolean named = !text.endsWith("/") && !text.contains("//");
        return named && text.replace("~0", "").replace("~1", "").indexOf('~') < 0;
    }

    /** The name under which the client knows what is there. */
    default String field() {
        return switch (this) {
            case Body body -> body.pointer().substring(1);
            case Form form -> form.name();
            case Path path -> path.name();
            case Query query -> query.name();
            case Header header -> header.name();
            case Cookie cookie -> cookie.name();
            case Bearer bearer -> "Authorization";
        };
    }

    /** Whether it is in the body, which a GET has none of. */
    default boolean inBody() {
        return this instanceof Body || this instanceof Form;
    }
}
