package io.portcullis.dialect;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.RecoveryCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One argument of an operation: its name, whether it must be there, and the form of its text. */
public record Parameter(String name, boolean required, Form form) {
    /** What a text must look like; what does not is refused before it is judged, and costs no attempt. */
    public enum Form {
        TEXT("must be a text of 1 to 1024 characters"),
        /** A password or a token, the form of {@code TEXT}. */
        SECRET("must be a text of 1 to 1024 characters"),
        /** Of others, such as a code of an OpenID provider; may be empty. */
        FOREIGN("must be a text of at most 4096 characters"),
        /** May be empty: then it says nothing. */
        SEARCH("must be a text of at most 1024 characters"),
        DIGITS("must be 6 to 8 digits"),
        CODE("must be 6 to 8 digits, or a recovery code"),
        METHOD("must be totp, email or recovery"),
        SETUP_METHOD("must be totp or email"),
        /** {@code true} or {@code false} of JSON, or those words in a path or a query. */
        FLAG("must be true or false"),
        NUMBER("must be a whole number of 1 to 9 digits"),
        EVENT_ID("must be the id of an event"),
        /** Of something that we named ourselves. */
        ID("must be an id, 1 to 64 letters, digits, - and _"),
        /** ISO 8601, with {@code Z} or an offset. */
        INSTANT("must be a time such as 2026-03-01T10:00:00Z");

        private final String rule;

        Form(String rule) {
            this.rule = rule;
        }

        /** Whether it does not belong into a URL, which is kept in logs and histories. */
        public boolean isSecret() {
            return this == SECRET || this == CODE || this == DIGITS;
        }

        /** What is wrong with the text, if anything. */
        public Optional<String> fault(String text) {
            return fits(text) ? Optional.empty() : Optional.of(rule);
        }

        /** The text of a value of JSON; empty when it is of a type that this form does not have. */
        public Optional<String> text(Object json) {
            boolean rightType = switch (this) {
                case FLAG -> json instanceof Boolean;
                case NUMBER, EVENT_ID -> json instanceof Integer || json instanceof Long;
                default -> json instanceof String;
            };
            return rightType ? Optional.of(json.toString()) : Optional.empty();
        }

        /** What is wrong with a value of JSON that has no {@link #text}. */
        public String typeRule() {
            return this == FLAG || this == NUMBER || this == EVENT_ID ? rule : "must be a text";
        }

        /** The same as JSON Schema, as a value of JSON. */
        public JsonObject schema() {
            var text = new JsonObject().put("type", "string");
            return switch (this) {
                case TEXT, SECRET -> text.put("maxLength", LONGEST).put("pattern", "\\S");
                case FOREIGN -> text.put("maxLength", LONGEST_FOREIGN);
                case SEARCH -> text.put("maxLength", LONGEST);
                case DIGITS -> text.put("pattern", DIGITS_SCHEMA);
                case CODE -> text.put("pattern", DIGITS_SCHEMA + "|^[A-Za-z0-9 -]{8,64}$");
                case METHOD ->
                    text.put("enum", new JsonArray().add("totp").add("email").add("recovery"));
                case SETUP_METHOD ->
                    text.put("enum", new JsonArray().add("totp").add("email"));
                case FLAG -> new JsonObject().put("type", "boolean");
                case NUMBER ->
                    new JsonObject().put("type", "integer").put("minimum", 0).put("maximum", 999_999_999);
                case EVENT_ID ->
                    new JsonObject().put("type", "integer").put("minimum", 0).put("maximum", 999_999_999_999_999_999L);
                case ID -> text.put("pattern", "^" + ID_FORM + "$");
                case INSTANT -> text.put("format", "date-time");
            };
        }

        private boolean fits(String text) {
            return switch (this) {
                case TEXT, SECRET -> !text.isBlank() && isText(text, LONGEST);
                case FOREIGN -> isText(text, LONGEST_FOREIGN);
                case SEARCH -> isText(text, LONGEST);
                case DIGITS -> isDigits(text);
                case CODE -> isDigits(text) || RecoveryCode.fits(text);
                case METHOD -> isOneOf(text, Method.TOTP, Method.EMAIL, Method.RECOVERY);
                case SETUP_METHOD -> isOneOf(text, Method.TOTP, Method.EMAIL);
                case FLAG -> text.equals("true") || text.equals("false");
                case NUMBER -> NUMBER_FORM.matcher(text).matches();
                case EVENT_ID -> EVENT_ID_FORM.matcher(text).matches();
                case ID -> ID_FORM.matcher(text).matches();
                case INSTANT -> isInstant(text);
            };
        }
    }

    private static final int LONGEST = 1024;
    private static final int LONGEST_FOREIGN = 4096;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,8}");
    private static final String DIGITS_SCHEMA = "^ *([0-9] *){6,8}$"; // with the spaces that people copy
    private static final Pattern NUMBER_FORM = Pattern.compile("[0-9]{1,9}");
    private static final Pattern EVENT_ID_FORM = Pattern.compile("[0-9]{1,18}"); // fits a long
    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern INSTANT_FORM = Pattern.compile("[0-9]{4}-.{1,40}"); // no year that a store cannot hold

    /** No store holds a NUL. */
    private static boolean isText(String text, int longest) {
        return text.length() <= longest && text.indexOf('\0') < 0;
    }

    private static boolean isOneOf(String text, Method... methods) {
        return Method.of(text).filter(List.of(methods)::contains).isPresent();
    }

    private static boolean isDigits(String text) {
        return DIGITS.matcher(withoutSpaces(text)).matches();
    }

    private static boolean isInstant(String text) {
        try {
            return INSTANT_FORM.matcher(text).matches() && Instant.parse(text).isBefore(Instant.MAX);
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    /** Apps show {@code 123 456}, and people copy it so. */
    public static String withoutSpaces(String text) {
        return text.replace(" ", "");
    }
}
