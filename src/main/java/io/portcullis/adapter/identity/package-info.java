/** Where a credential's identity comes from. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.identity;
