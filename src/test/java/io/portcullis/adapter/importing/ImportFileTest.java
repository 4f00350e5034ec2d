package io.portcullis.adapter.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.adapter.importing.ImportFile.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFileTest {
    private static final String HEADER = "realm,subject,email,totp_secret,algorithm,digits,period,backup_codes\n";

    /** 160 bit. */
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private static final String HASH = "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de";
    private static final String BCRYPT = "$2b$04$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    @Test
    void aCsvEntryWithEverything() throws IOException {
        var file = csv(HEADER + "admin,42,jane@example.com," + SECRET + ",SHA256,8,60," + HASH + ";" + BCRYPT + "\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.warnings()).isEmpty();
        assertThat(file.accounts()).singleElement().satisfies(account -> {
            assertThat(account.line()).isEqualTo(2);
            assertThat(account.realm()).isEqualTo("admin");
            assertThat(account.subject()).isEqualTo("42");
            assertThat(account.email()).isEqualTo("jane@example.com");
            assertThat(account.key().stored()).isEqualTo("SHA256/8/60/" + SECRET);
            assertThat(account.backupCodes()).hasSize(2);
        });
    }

    @Test
    void columnsMayBeLeftOutAndStandInAnyOrder() throws IOException {
        var file = csv("totp_secret,Subject,realm\r\n" + SECRET + ",42,admin\r\n");
        assertThat(file.problems()).isEmpty();
        var account = file.accounts().getFirst();
        assertThat(account.key().stored()).isEqualTo("SHA1/6/30/" + SECRET);
        assertThat(account.email()).isEmpty();
        assertThat(account.backupCodes()).isEmpty();
    }

    @Test
    void quotesLineBreaksAndAByteOrderMarkAreCsv() throws IOException {
        var file = csv("\uFEFFrealm,subject,totp_secret,backup_codes\n\"admin\",\"a,\"\"b\"\"\"," + SECRET + ",\""
                + HASH + "\n" + BCRYPT + "\"\nadmin,next," + SECRET + ",\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.accounts().getFirst().subject()).isEqualTo("a,\"b\"");
        assertThat(file.accounts().getFirst().backupCodes()).hasSize(2);
        assertThat(file.accounts().getLast().line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,\n%s]", "%s\n%s\n", "[\n%s\n,%s\n]"})
    void jsonIsAnArrayOrLines(String form) throws IOException {
        var one = "{\"realm\": \"admin\", \"subject\": \"1\", \"email\": null, \"totp_secret\": \"" + SECRET
                + "\", \"digits\": 8, \"period\": \"60\", \"backup_codes\": [\"" + HASH + "\"]}";
        var two = "{\"realm\": \"admin\", \"subject\": 2, \"totp_secret\": \"" + SECRET + "\"}";
        var file = json(form.formatted(one, two));
        assertThat(file.problems()).isEmpty();
        assertThat(file.accounts()).hasSize(2);
        assertThat(file.accounts().getFirst().key().stored()).isEqualTo("SHA1/8/60/" + SECRET);
        assertThat(file.accounts().getFirst().backupCodes()).hasSize(1);
        assertThat(file.accounts().getLast().subject()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",42,,@,,,, | realm is missing",
                "admin,,,@,,,, | subject is missing",
                "admin,42,,,,,, | totp_secret is missing",
                "user,42,,@,,,, | realm is none that the config file names",
                "admin,42,hunter2,@,,,, | email is no address",
                "admin,42,,hunter2!,,,, | totp_secret is not base32: only A-Z and 2-7 are",
                "admin,42,,JBSWY3DPEHPK3PX,,,, | totp_secret has 72 bit; 80 is the least",
                "admin,42,,@,MD5,,, | algorithm is none of SHA1, SHA256, SHA512",
                "admin,42,,@,,5,, | digits is no whole number from 6 to 8",
                "admin,42,,@,,six,, | digits is no whole number from 6 to 8",
                "admin,42,,@,,,300, | period is no whole number from 15 to 120",
                "admin,42,,@,,,30s, | period is no whole number from 15 to 120",
                "admin,42,,@,,,,hunter2 | backup code 1 is neither bcrypt nor SHA-256 in hex or base64",
                "admin,42,,@,,, | has 7 fields, the header 8",
            })
    void aWrongEntryIsToldByItsLineWithoutItsValues(String row, String problem) throws IOException {
        var file = csv(HEADER + "admin,1,," + SECRET + ",,,,\n" + row.replace("@", SECRET) + "\n");
        assertThat(file.problems()).containsExactly(new Finding(3, problem));
        assertThat(file.problems().toString()).doesNotContain("hunter2", SECRET);
        assertThat(file.accounts()).hasSize(1);
    }

    @Test
    void everyProblemOfEveryEntryIsToldAtOnce() throws IOException {
        var file = csv(HEADER + "user,,,short,x,1,1,y\nadmin,1,,,,,,\n");
        assertThat(file.problems()).hasSize(8);
        assertThat(file.accounts()).isEmpty();
    }

    @Test
    void anAccountIsInAFileOnce() throws IOException {
        var row = "admin,42,," + SECRET + ",,,,\n";
        var file = csv(HEADER + row + "admin,43,," + SECRET + ",,,,\n" + row);
        assertThat(file.problems()).containsExactly(new Finding(4, "the same account as in line 2"));
        assertThat(file.accounts()).hasSize(2);
    }

    /** Else a person would wait for them longer than the database does. */
    @ParameterizedTest
    @CsvSource({"10, 20, true", "12, 16, true", "12, 17, false", "14, 4, true", "14, 5, false", "04, 21, false"})
    void backupCodesThatTakeTooLongToCompareAreRefused(String cost, int count, boolean taken) throws IOException {
        var codes = IntStream.range(0, count)
                .mapToObj(i -> "$2b$" + cost + "$" + "%053d".formatted(i))
                .collect(Collectors.joining(";"));
        var file = csv(HEADER + "admin,42,," + SECRET + ",,,," + codes + "\n");
        assertThat(file.accounts()).hasSize(taken ? 1 : 0);
        assertThat(file.problems()).hasSize(taken ? 0 : 1);
    }

    @Test
    void aSecretOf80BitIsTakenWithAWarning() throws IOException {
        var file = csv(HEADER + "admin,42,,JBSWY3DPEHPK3PXP,,,,\n");
        assertThat(file.accounts()).hasSize(1);
        assertThat(file.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(2);
            assertThat(warning.text()).contains("80 bit").doesNotContain("JBSWY3DP");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "SHA-1", "HmacSHA1", "HMAC-SHA1"})
    void algorithmsAreWrittenInManyWays(String algorithm) throws IOException {
        assertThat(csv(HEADER + "admin,42,," + SECRET + "," + algorithm + ",,,\n")
                        .accounts())
                .hasSize(1);
    }

    /** Without a header the first person's secret would be a column's name. */
    @Test
    void aWrongHeaderIsToldWithoutRepeatingItAndNothingIsRead() throws IOException {
        var file = csv("admin,42,hunter2,realm,realm\nadmin,42,x,y,z\n");
        assertThat(file.problems()).hasSize(4).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.text()).doesNotContain("hunter2");
        });
        assertThat(file.problems().toString())
                .contains("column 3 is none of realm, subject", "two columns are named realm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"realm\": 1.5} | 1 | realm is neither a string nor a whole number",
                "{\"hunter2\": {\"a\": [1]}} | 1 | has a field that is none of realm, subject, email, totp_secret, algorithm, digits, period, backup_codes",
                "{\"backup_codes\": \"hunter2\"} | 1 | backup_codes is no array",
                "{\"backup_codes\": [\"a\", {\"hunter2\": 1}, 2]} | 1 | backup_codes is not an array of strings",
                "[~1] | 2 | not an object",
                "[~{\"realm\": hunter2}] | 2 | the file is no JSON from here: nothing more was read",
                "{~\"realm\": \"hunter2\", \"realm\": \"b\"} | 2 | the file is no JSON from here: nothing more was read",
                "[] ~[] | 2 | something stands after the array",
            })
    void wrongJsonIsToldByItsLineWithoutItsValues(String text, int line, String problem) throws IOException {
        var file = json(text.replace('~', '\n'));
        assertThat(file.problems()).contains(new Finding(line, problem));
        assertThat(file.problems().toString()).doesNotContain("hunter2");
    }

    @Test
    void whatStandsBeforeBrokenJsonIsRead() throws IOException {
        var file = json("{\"realm\": \"admin\", \"subject\": \"1\", \"totp_secret\": \"" + SECRET + "\"}\n{\"realm\"");
        assertThat(file.accounts()).hasSize(1);
        assertThat(file.problems())
                .containsExactly(new Finding(2, "the file is no JSON from here: nothing more was read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "JSON"})
    void anEmptyFileIsAProblem(Format format) throws IOException {
        assertThat(read("", format, StandardCharsets.UTF_8).problems())
                .containsExactly(new Finding(1, "the file is empty"));
    }

    @Test
    void anotherCharsetIsAProblem() throws IOException {
        var file = read(HEADER + "admin,jörg,," + SECRET + ",,,,\n", Format.CSV, StandardCharsets.ISO_8859_1);
        assertThat(file.problems()).containsExactly(new Finding(1, "the file is not in UTF-8: nothing was read"));
        assertThat(file.accounts()).isEmpty();
    }

    @Test
    void brokenQuotesAreAProblem() throws IOException {
        var file = csv(HEADER + "admin,1,," + SECRET + ",,,,\nadmin,\"2\"x,," + SECRET + ",,,,\n");
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().getFirst().text()).contains("no CSV");
        var open = csv(HEADER + "admin,1,," + SECRET + ",,,,\nadmin,\"2,," + SECRET + ",,,,\n");
        assertThat(open.problems()).isNotEmpty();
        assertThat(open.accounts()).hasSize(1);
    }

    @Test
    void anAccountPrintsItsSecretsHidden() throws IOException {
        var account = csv(HEADER + "admin,42,," + SECRET + ",,,," + HASH + "\n")
                .accounts()
                .getFirst();
        assertThat(account.toString()).doesNotContain(SECRET).doesNotContain(HASH);
    }

    private static ImportFile csv(String text) throws IOException {
        return read(text, Format.CSV, StandardCharsets.UTF_8);
    }

    private static ImportFile json(String text) throws IOException {
        return read(text, Format.JSON, StandardCharsets.UTF_8);
    }

    private static ImportFile read(String text, Format format, Charset charset) throws IOException {
        return ImportFile.read(new ByteArrayInputStream(text.getBytes(charset)), format, Set.of("admin"));
    }
}
