/** What people are told, and the channel that reaches them. Knows {@code error} and {@code account}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.notice;
