package io.portcullis.pages;

import io.portcullis.api.Visit;
import io.portcullis.pages.Shown.Go;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes one of several methods away, on a fresh proof. */
final class RemovePage extends ProvedPage {
    RemovePage(Digits digits) {
        super("remove", digits);
    }

    @Override
    Shown change(Visit visit, Map<String, Optional<String>> proof) {
        var arguments = new HashMap<>(proof);
        arguments.put("method", visit.field("method"));
        visit.call("removeMethod", arguments);
        return new Go(Paths.SETTINGS + "?done=removed");
    }
}
