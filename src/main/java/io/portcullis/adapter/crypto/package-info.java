/** Secrets at rest and slow hashes. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.crypto;
