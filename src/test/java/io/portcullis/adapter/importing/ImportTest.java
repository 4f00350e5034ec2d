package io.portcullis.adapter.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.code.TotpKey;
import io.portcullis.domain.code.TotpSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportTest {
    private static final String ONE = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA";

    private final InMemoryTarget target = new InMemoryTarget();
    private final Import importing = new Import(target);

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() {
        var report = importing.run(file(3, ONE), true);
        assertThat(report.complete()).isTrue();
        assertThat(report.lines())
                .containsExactly(
                        "would import 3, already there 0, conflicts 0, lines with problems 0",
                        "this was a dry run and wrote nothing; --apply does");
        assertThat(target.accounts()).isEmpty();
    }

    @Test
    void theSecondRunFindsEverybodyThere() {
        assertThat(importing.run(file(3, ONE), false).lines())
                .containsExactly("imported 3, already there 0, conflicts 0, lines with problems 0");
        var again = importing.run(file(3, ONE), false);
        assertThat(again.complete()).isTrue();
        assertThat(again.lines()).containsExactly("imported 0, already there 3, conflicts 0, lines with problems 0");
    }

    @Test
    void anotherSecretIsAConflictAndStays() {
        importing.run(file(1, OTHER), false);
        var report = importing.run(file(2, ONE), false);
        assertThat(report.complete()).isFalse();
        assertThat(report.lines())
                .containsExactly(
                        "line 1: admin/1 has a second factor with another secret, which was left as it is",
                        "imported 1, already there 0, conflicts 1, lines with problems 0");
        assertThat(target.accounts())
                .hasEntrySatisfying(
                        new Account("admin", "1"),
                        account -> assertThat(account.key().base32()).isEqualTo(OTHER));
    }

    @Test
    void problemsAndWarningsOfTheFileAreInTheReportInItsOrder() {
        var file = new ImportFile(
                file(1, ONE).accounts(),
                List.of(new Finding(12, "b"), new Finding(3, "a"), new Finding(12, "c")),
                List.of(new Finding(1, "short")));
        var report = importing.run(file, false);
        assertThat(report.complete()).isFalse();
        assertThat(report.lines())
                .containsExactly(
                        "line 1: warning: short",
                        "line 3: a",
                        "line 12: b",
                        "line 12: c",
                        "imported 1, already there 0, conflicts 0, lines with problems 2");
    }

    @Test
    void whereTheStoreGoesDownItStopsAndGoesOnWhenRunAgain() {
        target.goDownAfter(2);
        var report = importing.run(file(5, ONE), false);
        assertThat(report.complete()).isFalse();
        assertThat(report.lines().getFirst())
                .startsWith("line 3: the database does not answer, so 3 accounts were not looked at");
        target.goDownAfter(5);
        assertThat(importing.run(file(5, ONE), false).lines())
                .containsExactly("imported 3, already there 2, conflicts 0, lines with problems 0");
    }

    private static ImportFile file(int accounts, String secret) {
        var key = TotpKey.of(secret, TotpSettings.DEFAULTS);
        return new ImportFile(
                IntStream.rangeClosed(1, accounts)
                        .mapToObj(i -> new ImportedAccount(i, "admin", Integer.toString(i), "", key, List.of()))
                        .toList(),
                List.of(),
                List.of());
    }
}
