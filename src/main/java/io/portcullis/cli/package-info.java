/** The command line: one class per command. May know everything; nobody knows it. */
@org.jspecify.annotations.NullMarked
package io.portcullis.cli;
