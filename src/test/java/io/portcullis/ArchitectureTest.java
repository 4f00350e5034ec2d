package io.portcullis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom: each row is a package and all that it may know of ours besides itself. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portcullis");

    @ParameterizedTest
    @CsvSource({
        "domain.error, ''",
        "domain.account, domain.error",
        "domain.limits, domain.error domain.account",
        "domain.notice, domain.error domain.account",
        "domain.legacy, domain.error domain.account",
        "domain.session, domain.error domain.account",
        "domain.audit, domain.error domain.account domain.session",
        "domain.code, domain.error domain.account",
        "domain.device, domain.error domain.account domain.session",
        "domain.password, ''",
        "domain.local, domain.error domain.account",
        "domain.mfa, domain.error domain.account domain.limits domain.notice domain.session domain.audit domain.code domain.device domain.local",
        "domain.login, domain.error domain.account domain.limits domain.notice domain.session domain.audit domain.code domain.device domain.local domain.password domain.mfa",
        "domain.capture, domain.error domain.account domain.limits domain.notice domain.session domain.audit domain.code domain.device domain.local domain.password domain.mfa domain.login",
        "domain.directory, domain.error domain.account domain.limits domain.notice domain.session domain.audit domain.code domain.device domain.local domain.password domain.mfa domain.login",
        "domain.oidc, domain.error domain.account domain.limits domain.notice domain.session domain.audit domain.code domain.device domain.local domain.password domain.mfa domain.login",
        "domain.operator, domain.error domain.account domain.limits domain.notice domain.legacy domain.session domain.audit domain.code domain.device domain.local domain.password domain.mfa domain.login",
        "adapter.crypto, domain.",
        "adapter.embedded, ''",
        "adapter.identity, domain. adapter.crypto",
        "adapter.importing, domain. adapter.crypto",
        "adapter.legacy, domain. adapter.crypto",
        "adapter.mail, domain.",
        "adapter.oidc, domain.",
        "adapter.password, domain. adapter.crypto",
        "adapter.postgres, domain. adapter.crypto",
        "adapter.redis, domain. adapter.crypto",
        "adapter.sync, domain. adapter.postgres",
        "yaml, domain.",
        "dialect, domain.error domain.account domain.mfa yaml",
        "http, domain.",
        "listener, domain. http",
        "proxy, domain. http",
        "gate, domain. http proxy",
        "api, domain. dialect http",
        "pages, domain. http api",
        "observe, domain. http",
        "config, domain. adapter.crypto adapter.identity adapter.mail adapter.oidc adapter.postgres adapter.redis adapter.sync yaml dialect http listener proxy gate pages observe",
        "server, domain. adapter. yaml dialect http listener proxy gate api pages observe config",
        "demo, ''",
        "cli, domain. adapter. yaml dialect http listener proxy gate api pages observe config server demo",
    })
    void knowsOnly(String of, String known) {
        var allowed = new ArrayList<>(List.of("io.portcullis." + of));
        for (var name : known.split(" ", -1)) {
            if (!name.isEmpty()) {
                allowed.add("io.portcullis." + (name.endsWith(".") ? name + "." : name));
            }
        }
        noClasses()
                .that()
                .resideInAPackage("io.portcullis." + of)
                .should()
                .dependOnClassesThat(resideInAPackage("io.portcullis..")
                        .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .check(OURS);
    }

    @Test
    void theTableHasEveryPackage() throws NoSuchMethodException {
        assertThat(packages().stream().map(JavaPackage::getName))
                .containsExactlyInAnyOrderElementsOf(
                        table().stream().map(row -> "io.portcullis." + row[0]).toList());
    }

    /** So that there is no cycle. */
    @Test
    void eachRowKnowsRowsAboveItAlone() throws NoSuchMethodException {
        var above = new ArrayList<String>();
        var below = new ArrayList<>(table().stream().map(row -> row[0]).toList());
        for (var row : table()) {
            for (var name : row[1].isEmpty() ? new String[0] : row[1].split(" ")) {
                assertThat(above).as(row[0]).anyMatch(one -> matches(name, one));
                assertThat(below).as(row[0]).noneMatch(one -> matches(name, one));
            }
            above.add(row[0]);
            below.remove(row[0]);
        }
    }

    private static boolean matches(String known, String name) {
        return known.endsWith(".") ? name.startsWith(known) : name.equals(known);
    }

    /** Package and what it knows, row by row. */
    private static List<String[]> table() throws NoSuchMethodException {
        var rows = ArchitectureTest.class
                .getDeclaredMethod("knowsOnly", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        return Stream.of(rows).map(row -> row.replace("''", "").split(", ?", 2)).toList();
    }

    @Test
    void theDomainKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.portcullis.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.portcullis.domain..", "java..", "javax.crypto..", "org.jspecify..")
                .check(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt"})
    void onlyTheCommandLineEndsTheProcess(String method) {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.portcullis.cli")
                .should()
                .callMethod(method.equals("exit") ? System.class : Runtime.class, method, int.class)
                .check(OURS);
    }

    /** {@code demo} prints too: it is a program of its own, with a main of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"out", "err"})
    void onlyTheCommandLineWritesToTheTerminal(String stream) {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.portcullis.cli", "io.portcullis.demo")
                .should()
                .accessField(System.class, stream)
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class))
                        .as(one.getName())
                        .isTrue());
    }

    private static List<JavaPackage> packages() {
        return OURS.stream().map(type -> type.getPackage()).distinct().toList();
    }
}
