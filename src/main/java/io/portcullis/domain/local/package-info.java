/** Accounts that the gateway keeps itself, where no legacy backend has them. Knows what an account is. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.local;
