/** What a person is told outside the browser, and the channel for it. Knows {@code error} and {@code account}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.notice;
