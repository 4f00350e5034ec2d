package io.portcullis.domain.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.QuickHasher;
import io.portcullis.domain.mfa.Accounts.StoredRecoveryCode;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodeTest {
    private final QuickHasher hasher = new QuickHasher();

    @Test
    void codesHaveTheFormThatPeopleAreShown() {
        assertThat(RecoveryCode.random(new SecureRandom(), 10))
                .hasSize(10)
                .allSatisfy(code -> assertThat(code.plaintext()).matches("[A-HJ-NP-Z2-9]{6}-[A-HJ-NP-Z2-9]{6}"));
    }

    @Test
    void theAlphabetHas32LettersAndAllAreUsed() {
        var letters = RecoveryCode.random(new SecureRandom(), 200).stream()
                .flatMapToInt(code -> code.plaintext().replace("-", "").chars())
                .boxed()
                .collect(Collectors.toSet());
        assertThat(letters).hasSize(32);
    }

    @Test
    void theCodesOfAnAccountHaveDifferentIndexes() {
        var codes = RecoveryCode.random(new SecureRandom(), 500);
        assertThat(codes.stream().map(RecoveryCode::index).collect(Collectors.toSet()))
                .hasSize(500)
                .allMatch(index -> index.length() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABCDEF-GHJKLM", "abcdef-ghjklm", "ABCDEFGHJKLM", " abc def ghj klm ", "AB-CD-EF-GH-JK-LM"})
    void isReadAsPeopleTypeIt(String typed) {
        assertThat(RecoveryCode.parse(typed).orElseThrow().plaintext()).isEqualTo("ABCDEF-GHJKLM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "123456", "ABCDEF-GHJKL", "ABCDEF-GHJKLMN", "ABCDEF-GHIJKL", "ABCDEF-GHJKL0", "ABCDEF-GHJKLÉ"
            })
    void whatHasNotItsFormIsNone(String text) {
        assertThat(RecoveryCode.parse(text)).isEmpty();
    }

    @Test
    void onlyHashesByIndexAreKeptAndOnlyTheCodeItselfMatches() {
        var codes = RecoveryCode.random(new SecureRandom(), 2);
        var hashes = RecoveryCode.hashed(codes, hasher);
        var first = codes.getFirst();
        assertThat(hashes.keySet())
                .isEqualTo(Set.of(codes.get(0).index(), codes.get(1).index()));
        assertThat(hashes.toString()).doesNotContain(first.plaintext().substring(2, 6));
        var stored = new StoredRecoveryCode(first.index(), hashes.getOrDefault(first.index(), ""), false);
        assertThat(RecoveryCode.matches(first.plaintext(), stored, hasher)).isTrue();
        assertThat(RecoveryCode.matches(codes.getLast().plaintext(), stored, hasher))
                .isFalse();
    }

    @Test
    void printsItselfHidden() {
        var code = RecoveryCode.parse("ABCDEF-GHJKLM").orElseThrow();
        assertThat(code.toString()).doesNotContain("AB").doesNotContain("GHJ");
    }
}
