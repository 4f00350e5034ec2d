/** Who may pass: rules, path readings, the decision table. Knows {@code domain}, {@code http} and {@code proxy}; runs on event loops and never waits. */
@org.jspecify.annotations.NullMarked
package io.portcullis.gate;
