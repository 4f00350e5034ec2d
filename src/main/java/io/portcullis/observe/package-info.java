/** What an operator may follow request by request: the access log and spans, each off until it is asked for. Knows {@code domain} and {@code http}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.observe;
