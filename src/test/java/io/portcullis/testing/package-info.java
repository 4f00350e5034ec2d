/** Fixtures: the stores, a clock and whatever else tests share. */
@org.jspecify.annotations.NullMarked
package io.portcullis.testing;
