/** What the gateway knows about one credential. Knows {@code error} and {@code account}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.session;
