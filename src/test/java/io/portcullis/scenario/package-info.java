/** The contract by user story, told from outside over HTTP. Knows {@code testing}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.scenario;
