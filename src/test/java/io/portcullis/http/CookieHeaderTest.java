package io.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "sid=1, 1",
        "a=0; sid=1; b=2, 1",
        "a=0;sid=1, 1",
        "' sid = 1 ', 1",
        "sid=a=b==, a=b==",
        "sid=%20x, %20x",
        "'sid=\"quoted\"', quoted",
        "'sid=\"', '\"'",
        "sid=, ''",
    })
    void aValueIsFoundAndNotDecoded(String header, String value) {
        assertThat(CookieHeader.values(List.of(header), "sid")).containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource({"a=1", "sid", "=sid", "SID=1", "xsid=1", "sidx=1", "a=sid=1", "''"})
    void aCookieOfAnotherNameIsNone(String header) {
        assertThat(CookieHeader.values(List.of(header), "sid")).isEmpty();
    }

    @Test
    void everyValueOfEveryHeaderIsFound() {
        assertThat(CookieHeader.values(List.of("sid=1; sid=2", "x=0", "sid=3"), "sid"))
                .containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource({"'x=1, sid=2'", "Sid=2", "%73id=2", "sid[]=2", "'sid=1; s-id=2'", "sid\u00a0=2"})
    void anotherSpellingThatSomeServerReadsAsTheNameIsFound(String header) {
        assertThat(CookieHeader.hasOtherSpelling(List.of(header), "sid")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sid=1", "'a=0; sid=1; b=2'", "xsid=1", "''", "'a=%2C; sid=1'"})
    void theNameToTheLetterIsNoOtherSpelling(String header) {
        assertThat(CookieHeader.hasOtherSpelling(List.of(header), "sid")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sid=1; a=2, sid",
        "' sid = 1 ', sid",
        "sid, sid",
        "'b=1; a=1, sid=2', a",
        "'a=1,sid=2,c=3; b=4', a",
        "'a=1, sid', a",
        "'a, sid=2', 'a, sid'",
        "'=1, sid=2', ''",
    })
    void aCookieOfThatKindIsFoundBehindACommaToo(String header, String name) {
        assertThat(CookieHeader.namesOf(List.of("x=0", header), "sid"::equals)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"a=sid", "'a=1, xsid=2'", "a=1 sid=2", "''"})
    void noneOfThatKindIsFoundElsewhere(String header) {
        assertThat(CookieHeader.namesOf(List.of(header), "sid"::equals)).isEmpty();
    }

    @Test
    void noHeaderHasNone() {
        assertThat(CookieHeader.values(List.of(), "sid")).isEmpty();
    }
}
