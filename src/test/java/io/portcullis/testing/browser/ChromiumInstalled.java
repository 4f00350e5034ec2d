package io.portcullis.testing.browser;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class of browser tests where Chromium is not installed, and says so in a line that names it. */
final class ChromiumInstalled implements ExecutionCondition {
    private static final String REASON = "Chromium is not installed: install Debian's chromium or set CHROMIUM";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var result = judge(ChromiumProgram.find());
        if (result.isDisabled() && context.getTestMethod().isEmpty()) {
            System.err.println(line(context.getRequiredTestClass()));
        }
        return result;
    }

    static ConditionEvaluationResult judge(Optional<Path> program) {
        return program.map(path -> ConditionEvaluationResult.enabled("Chromium is " + path))
                .orElseGet(() -> ConditionEvaluationResult.disabled(REASON));
    }

    static String line(Class<?> test) {
        return "SKIPPED " + test.getName() + ": " + REASON;
    }
}
