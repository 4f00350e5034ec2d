package io.portcullis.api;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.mfa.RecoveryCode;
import java.util.List;
import java.util.Optional;
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
        TEXT("must be a text of 1 to 1024 characters"),
        DIGITS("must be 6 to 8 digits"),
        CODE("must be 6 to 8 digits, or a recovery code"),
        METHOD("must be totp, email or recovery"),
        SETUP_METHOD("must be totp or email");

        private final String rule;

        Form(String rule) {
            this.rule = rule;
        }

        /** What is wrong with the text, if anything. */
        Optional<String> fault(String text) {
            return fits(text) ? Optional.empty() : Optional.of(rule);
        }

        private boolean fits(String text) {
            return switch (this) {
                case TEXT -> !text.isBlank() && text.length() <= LONGEST;
                case DIGITS -> isDigits(text);
                case CODE -> isDigits(text) || RecoveryCode.fits(text);
                case METHOD -> isOneOf(text, Method.TOTP, Method.EMAIL, Method.RECOVERY);
                case SETUP_METHOD -> isOneOf(text, Method.TOTP, Method.EMAIL);
            };
        }
    }

    private static final int LONGEST = 1024;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,8}");

    private static boolean isOneOf(String text, Method... methods) {
        return Method.of(text).filter(List.of(methods)::contains).isPresent();
    }

    private static boolean isDigits(String text) {
        return DIGITS.matcher(withoutSpaces(text)).matches();
    }

    /** Apps show {@code 123 456}, and people copy it so. */
    static String withoutSpaces(String text) {
        return text.replace(" ", "");
    }
}
