package io.portcullis.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The metrics of a gateway at one moment. */
public final class Scrape {
    private final List<String> lines;

    private Scrape(String text) {
        lines = Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    public static Scrape of(TestGateway gateway) {
        return at(gateway.managementPort());
    }

    public static Scrape at(int managementPort) {
        return new Scrape(Person.at(managementPort, new TestClock(java.time.Instant.now()))
                .get("/metrics")
                .text());
    }

    /** The sum of all samples of this name that have these labels, given as name and value in turn; 0 where there is none. */
    public double sum(String name, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> IntStream.range(0, labels.length / 2)
                        .allMatch(i -> line.contains(labels[2 * i] + "=\"" + labels[2 * i + 1] + "\"")))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The names of all samples. */
    public List<String> names() {
        return lines.stream().map(line -> line.split("[{ ]", 2)[0]).distinct().toList();
    }

    /** Whether any sample has this label. */
    public boolean has(String label, String value) {
        return lines.stream().anyMatch(line -> line.contains(label + "=\"" + value + "\""));
    }
}
