package io.portcullis.domain.capture;

import io.portcullis.domain.login.LegacyAnswer;
import java.util.Optional;

/** Reads places, named by JSON pointers, in the body of a legacy answer. Pure; for any thread. */
public interface AnswerBody {
    /** A text that is not empty, or a whole number as text; empty where there is none, or the body is no JSON object. */
    Optional<String> text(LegacyAnswer answer, String pointer);

    /** The same, or a truth value as text. */
    Optional<String> value(LegacyAnswer answer, String pointer);
}
