/** Hashes of passwords, and what a new password must be like. Knows the JDK alone. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.password;
