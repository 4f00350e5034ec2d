package io.portcullis.yaml;

import java.nio.file.Path;

/**
 * One thing in the config file that must be changed.
 *
 * @param file as it was named
 * @param line from 1
 * @param column from 1
 * @param pointer the key as a JSON pointer (RFC 6901); empty for the file as a whole
 * @param message says what to do; never shows a value, which may be a secret
 */
public record ConfigProblem(Path file, int line, int column, String pointer, String message) {}
