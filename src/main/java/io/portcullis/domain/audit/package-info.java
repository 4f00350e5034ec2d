/** The events that must never be lost or invented. Knows {@code error}, {@code account} and {@code session}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.audit;
