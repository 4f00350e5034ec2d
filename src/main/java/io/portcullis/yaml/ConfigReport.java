package io.portcullis.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Problems as people and editors read them. */
public final class ConfigReport {
    private ConfigReport() {}

    /** One line each: {@code conf/portcullis.yaml:12:5: /server/prot: unknown key, did you mean "port"?} */
    public static String print(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigReport::line).collect(Collectors.joining("\n"));
    }

    private static String line(ConfigProblem problem) {
        var place = problem.file() + ":" + problem.line() + ":" + problem.column() + ": ";
        return problem.pointer().isEmpty()
                ? place + problem.message()
                : place + problem.pointer() + ": " + problem.message();
    }
}
