package io.portcullis.yaml;

import java.util.Optional;
import java.util.function.Consumer;

/** What is put in the place of a part of a text. */
interface Substitution {
    /** A text as it stands. */
    Substitution NONE = (text, problems) -> Optional.of(new Text(text, false));

    /** A text, and whether it came, in part at least, from outside the file. */
    record Text(String value, boolean replaced) {}

    /** Empty when something is missing; each reason has then been given to {@code problems}. */
    Optional<Text> apply(String text, Consumer<String> problems);
}
