package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.http.NextPath;

/** Where a person wanted to go before a page came between: the parameter or the field {@code next}. */
final class Next {
    static final String NAME = "next";

    private Next() {}

    /** A local path; {@code /} for none and for any other. */
    static String of(Visit visit) {
        return NextPath.local(visit.field(NAME).or(() -> visit.parameter(NAME)).orElse("/"));
    }
}
