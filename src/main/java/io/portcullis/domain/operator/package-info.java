/** What operators do with the accounts of others, over HTTP and on the host. Knows all of {@code domain}; nothing in {@code domain} knows it. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.operator;
