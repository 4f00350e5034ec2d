package io.portcullis.observe;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the access log goes.
 *
 * @param file empty for standard output
 */
public record AccessLogSettings(Optional<Path> file) {}
