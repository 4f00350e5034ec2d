package io.portcullis.dialect;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where fuzzing begins, and what it found. */
class DialectPropertiesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$user.id",
                "$user",
                "$",
                "$$",
                "$.",
                "$user..id",
                "$text.hello",
                "$text",
                "$mfa.methods.99999",
                "$user.id.x.y",
                "/a/{id}",
                "/{a}/{a}",
                "/a{id}",
                "{}",
                "{id}",
                "/",
                "//",
                "/a//b",
                "/a/../b",
                "/%61",
                "bearer",
                "header:X-A",
                "header:authorization",
                "cookie:a=b",
                "form:",
                "path:id",
                "query:q",
                "/a~1b",
                "/a~2",
                "name: own",
                "name: own\nbase: /own\nroutes: []",
                "- a",
                "{",
                "\u0000",
                "\ud800",
                "&a [*a]",
                "!!java.net.URL x",
                "1e999999999",
                "a: &x b\nc: *x",
                "<<: 1",
                "\t",
                "---\n---",
                "0x1F",
                "%TAG",
                "!metho%d"
            })
    void eachSeed(String text) {
        DialectProperties.hold(folder, text);
    }

    @Test
    void aTextThatIsLongOrDeep() {
        for (var text : new String[] {
            "$".repeat(10_000), "$a" + ".b".repeat(5_000), "/{a}".repeat(2_000), "[".repeat(3_000), "{a: ".repeat(2_000)
        }) {
            DialectProperties.hold(folder, text);
        }
    }
}
