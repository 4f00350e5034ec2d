/** Logins of a legacy backend under watch: what an answer hands out, and to whom. Knows {@code domain.login} and what that knows. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.capture;
