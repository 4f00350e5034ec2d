package io.portcullis.gate;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any target at all. */
class PathReaderFuzz {
    @FuzzTest(maxDuration = "2m")
    void aTarget(FuzzedDataProvider data) {
        PathProperties.hold((data.consumeBoolean() ? "/" : "") + data.consumeRemainingAsAsciiString());
    }
}
