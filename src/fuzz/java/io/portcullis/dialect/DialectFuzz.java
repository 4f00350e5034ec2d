package io.portcullis.dialect;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

/** Any text in a dialect file, and any dialect file. */
class DialectFuzz {
    private static final Path FOLDER = DialectProperties.folder();

    @FuzzTest(maxDuration = "2m")
    void aText(FuzzedDataProvider data) {
        DialectProperties.hold(FOLDER, data.consumeRemainingAsString());
    }
}
