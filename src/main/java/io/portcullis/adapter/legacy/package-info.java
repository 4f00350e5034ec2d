/** The legacy backend as a first factor. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.legacy;
