/**
 * The built-in pages, in English and French: HTML that is written here and forms that are sent here, each of which calls an
 * operation. Knows {@code domain}, {@code http} and {@code api}.
 */
@org.jspecify.annotations.NullMarked
package io.portcullis.pages;
