package io.portcullis.adapter.legacy;

import io.portcullis.domain.capture.CaptureSettings;
import io.portcullis.domain.capture.LegacyFormat;

/** The form in which each legacy login is asked. */
public final class LegacyFormats {
    private static final LegacyFormat JSON = new JsonFormat();
    private static final LegacyFormat FORM = new FormFormat();

    private LegacyFormats() {}

    public static LegacyFormat of(CaptureSettings capture) {
        return capture.fields().form() ? FORM : JSON;
    }
}
