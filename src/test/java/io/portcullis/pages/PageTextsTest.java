package io.portcullis.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.error.ErrorCode;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.http.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of the pages are whole in both languages. */
class PageTextsTest {
    private static final Path PAGES = Path.of("src/main/resources/pages");
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);
    private static final Pattern CALL = Pattern.compile("text\\((\"[^)]*?|[a-z.]+(?: \\+ \"[^\"]*\")?)(?=[,)])");
    private static final List<String> METHODS = List.of("totp", "email");

    /** Keys that a template puts together, and everything that can be in their gaps. */
    private static final Map<String, List<String>> BUILT = Map.ofEntries(
            Map.entry("\"state.\" + state", names(MfaState.values())),
            Map.entry("\"setup.\" + state", names(MfaState.values())),
            Map.entry("\"method.\" + method", METHODS),
            Map.entry("\"setup.resume.\" + running", METHODS),
            Map.entry("\"setup.about.\" + method", METHODS),
            Map.entry("\"setup.with.\" + method", METHODS),
            Map.entry("\"field.\" + it.field", List.of("email", "password", "code", "method")),
            Map.entry(
                    "\"done.\" + done",
                    List.of("added", "removed", "disabled", "regenerated", "revoked", "forgotten", "sent")),
            Map.entry("\"event.\" + one.type", names(AuditEvent.Type.values())),
            Map.entry(
                    "\"help.\" + problem.action",
                    List.of(
                            "NONE",
                            "LOGIN",
                            "RESTART_LOGIN",
                            "ENABLE_2FA",
                            "START_SETUP",
                            "RESTART_SETUP",
                            "VERIFY_2FA",
                            "REAUTHENTICATE",
                            "RETRY",
                            "WAIT")));

    /** Those whose end is written out. */
    private static final Map<String, List<String>> BEGUN =
            Map.of("change", List.of("disable", "remove", "regenerate"), "key", codes());

    private static List<String> names(Enum<?>... values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    private static List<String> codes() {
        return Stream.of(ErrorCode.values()).map(ErrorCode::wire).toList();
    }

    private static Map<String, String> texts(Locale language) throws IOException {
        var file = new Properties();
        try (var in = Files.newBufferedReader(
                PAGES.resolve("texts_" + language.getLanguage() + ".properties"), StandardCharsets.UTF_8)) {
            file.load(in);
        }
        return file.stringPropertyNames().stream().collect(Collectors.toMap(Function.identity(), file::getProperty));
    }

    /** What the templates ask for, each with everything that can be in its gaps. */
    private static Set<String> used() throws IOException {
        var keys = new TreeSet<String>();
        try (var files = Files.list(PAGES)) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".html")).toList()) {
                var template = Files.readString(file);
                CALL.matcher(template).results().map(call -> call.group(1)).forEach(key -> keys.addAll(filled(key)));
                labels(template).forEach(keys::add);
            }
        }
        return keys;
    }

    /** Of what is a text in a macro, the caller names the key. */
    private static Stream<String> labels(String template) {
        var macro = Pattern.compile("\\{\\{ (?:code|resend)\\([^}]*?\"([a-z]+\\.?[A-Za-z]*)\"");
        return macro.matcher(template).results().map(call -> call.group(1));
    }

    private static List<String> filled(String key) {
        if (key.equals("label")) {
            return List.of();
        } else if (key.matches("\"[^\"]*\"")) {
            return List.of(key.replace("\"", ""));
        } else if (key.startsWith("\"")) {
            var ends = Optional.ofNullable(BUILT.get(key)).orElseThrow(() -> new AssertionError("what is in " + key));
            return ends.stream().map(end -> key.split("\"", -1)[1] + end).toList();
        }
        var parts = key.split(" \\+ ", 2);
        var begins = Optional.ofNullable(BEGUN.get(parts[0].replaceFirst(".*\\.", "")))
                .orElseThrow(() -> new AssertionError("what is in " + key));
        return begins.stream().map(begin -> begin + parts[1].replace("\"", "")).toList();
    }

    @Test
    void bothLanguagesHaveTheSame() throws IOException {
        assertThat(texts(Locale.FRENCH).keySet())
                .isEqualTo(texts(Locale.ENGLISH).keySet());
    }

    @Test
    void andTheSameGaps() throws IOException {
        var gaps = new HashMap<String, List<String>>();
        texts(Locale.ENGLISH).forEach((key, text) -> gaps.put(key, gaps(text)));
        texts(Locale.FRENCH)
                .forEach((key, text) -> assertThat(gaps(text)).as(key).isEqualTo(gaps.get(key)));
    }

    private static List<String> gaps(String text) {
        return Pattern.compile("\\{[^}]*}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    void whateverATemplateAsksForIsThere() throws IOException {
        var used = used();
        assertThat(used).hasSizeGreaterThan(120).contains("verify.either", "resend", "INVALID_CODE.detail");
        var texts = new PageTexts(Optional.empty());
        var missing = new ArrayList<String>();
        for (var language : LANGUAGES) {
            for (var key : used) {
                try {
                    assertThat(texts.get(language, key, List.of())).as(key).isNotBlank();
                } catch (MissingResourceException none) {
                    missing.add(language + " " + key);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void andNothingElse() throws IOException {
        assertThat(used()).containsAll(texts(Locale.ENGLISH).keySet());
    }

    /** A page that says what a program is told anyway would drift away from it. */
    @Test
    void noErrorIsToldInTheWordsOfTheApiOnceMore() throws IOException {
        for (var language : LANGUAGES) {
            texts(language).forEach((key, text) -> {
                if (key.matches("[0-9A-Z_]+\\.(message|detail)")) {
                    assertThat(text).as(key).isNotEqualTo(Texts.get(language, key));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(AuditEvent.Type.class)
    void everyEventHasAName(AuditEvent.Type type) {
        var texts = new PageTexts(Optional.empty());
        for (var language : LANGUAGES) {
            assertThat(texts.find(language, "event." + type.name())).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state.ENABLED | 2FA est activée",
                "codes.enabled | 2FA activée avec succès !",
                "INVALID_CODE.message | Code invalide",
                "verify.recovery | Utiliser un code de secours",
                "disable.title | Désactiver le 2FA",
                "disable.ask | Êtes-vous sûr de vouloir désactiver le 2FA ? Cela réduira la sécurité de votre compte.",
            })
    void theFrenchOfAnExistingProductIsKept(String key, String text) {
        assertThat(new PageTexts(Optional.empty()).get(Locale.FRENCH, key, List.of()))
                .isEqualTo(text);
    }
}
