/** Dialects: a route in, an operation called, a shape out. Knows {@code domain} and {@code http}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.api;
