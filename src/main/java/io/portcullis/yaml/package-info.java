/** A YAML file held against its JSON Schema, every value and every problem with its place. Knows what rates and durations are, and nothing of what a file is for. */
@org.jspecify.annotations.NullMarked
package io.portcullis.yaml;
