package io.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file before anybody asks what its keys mean. */
class YamlProblemsTest {
    @TempDir
    Path folder;

    private List<String> problems(String yaml) {
        return Configs.problems(folder, yaml, Map.of());
    }

    @Test
    void syntax() {
        assertThat(problems("server: {\n  port: 1\nrules: ]\n"))
                .singleElement()
                .asString()
                .startsWith("3:6: is not YAML: ");
    }

    @Test
    void nothingAtAll() {
        assertThat(problems("# only a comment\n"))
                .containsExactly("1:1: the file is empty; it needs server, upstreams, rules");
    }

    @Test
    void noMapping() {
        assertThat(problems("- server\n")).containsExactly("1:1: must be a mapping of keys to values");
    }

    @Test
    void twoDocuments() {
        assertThat(problems(Configs.LEAST + "---\nrules: []\n"))
                .singleElement()
                .asString()
                .contains("is not YAML");
    }

    @Test
    void aKeyGivenTwice() {
        assertThat(problems(Configs.LEAST + "mfa: { issuer: One }\nmfa: { issuer: Two }\n"))
                .containsExactly("7:1: /mfa: given twice, first in line 6; keep one");
    }

    @Test
    void aKeyThatIsNoWord() {
        assertThat(problems(Configs.LEAST + "? [a, b]\n: c\n"))
                .containsExactly("6:3: has a key that is a mapping or a list; a key is a plain word");
    }

    @Test
    void aTag() {
        assertThat(problems(Configs.LEAST + "mfa: { issuer: !name One }\n"))
                .containsExactly("6:16: /mfa/issuer: has a tag; leave the tag out");
    }

    @Test
    void aTagThatNamesAClass() {
        assertThat(problems(Configs.LEAST + "mfa: { issuer: !!java.io.File /etc/passwd }\n"))
                .containsExactly("6:16: is not YAML: Global tag is not allowed: tag:yaml.org,2002:java.io.File");
    }

    @Test
    void aTagOnAMapping() {
        assertThat(problems(Configs.LEAST + "mfa: !thing { issuer: One }\n"))
                .containsExactly("6:6: /mfa: has a tag; leave the tag out");
    }

    @Test
    void aControlCharacter() {
        assertThat(problems("server:\n  host: \"a\u0001\"\n"))
                .containsExactly("2:11: has a control character; remove it");
    }

    @Test
    void anAliasMayBeUsed() {
        assertThat(problems(Configs.LEAST + """
                        identity:
                          - &first { name: one, type: jwt, algorithm: HS256, issuer: one, secret: &s "0123456789abcdef0123456789abcdef" }
                          - { name: two, type: jwt, algorithm: HS256, issuer: two, secret: *s }
                        """)).isEmpty();
    }

    @Test
    void anAliasOfItself() {
        assertThat(problems(Configs.LEAST + "mfa: &a { issuer: *a }\n"))
                .contains("6:6: /mfa/issuer: contains itself through an alias; write the value out");
    }

    @Test
    void aliasesThatGrow() {
        var yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problems(yaml.toString()))
                .containsExactly("1:1: holds more than 20000 values, aliases counted as what they name");
    }

    @Test
    void nestingWithoutEnd() {
        assertThat(problems("[".repeat(5000))).singleElement().asString().startsWith("1:1: is not acceptable YAML");
    }

    @Test
    void wordsOfYaml11AreTexts() {
        var settings = Configs.valid(folder, Configs.LEAST + "mfa: { issuer: no }\n", Map.of());
        assertThat(settings.mfa().issuer()).isEqualTo("no");
    }
}
