package io.portcullis.api;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.RecoveryCode;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One argument of an operation: its name, whether it must be there, and the form of its text. */
record Parameter(String name, boolean required, Form form) {
    static Parameter required(String name, Form form) {
        return new Parameter(name, true, form);
    }

    static Parameter optional(String name, Form form) {
        return new Parameter(name, false, form);
    }

    /** What a text must look like; what does not is refused before it is judged, and costs no attempt. */
    enum Form {
        TEXT("must be a text of 1 to 1024 characters", text -> !text.isBlank() && text.length() <= 1024),
        DIGITS("must be 6 to 8 digits", text -> isDigits(text)),
        CODE(
                "must be 6 to 8 digits, or a recovery code",
                text -> isDigits(text) || RecoveryCode.parse(text).isPresent()),
        METHOD(
                "must be totp or recovery",
                text -> text.equals(Method.TOTP.wire()) || text.equals(Method.RECOVERY.wire())),
        SETUP_METHOD("must be totp", text -> text.equals(Method.TOTP.wire()));

        private final String rule;
        private final Predicate<String> test;

        Form(String rule, Predicate<String> test) {
            this.rule = rule;
            this.test = test;
        }

        /** What is wrong with the text, if anything. */
        Optional<String> fault(String text) {
            return test.test(text) ? Optional.empty() : Optional.of(rule);
        }
    }

    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,8}");

    private static boolean isDigits(String text) {
        return DIGITS.matcher(withoutSpaces(text)).matches();
    }

    /** Apps show {@code 123 456}, and people copy it so. */
    static String withoutSpaces(String text) {
        return text.replace(" ", "");
    }
}
