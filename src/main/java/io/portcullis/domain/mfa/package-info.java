/** The MFA state machine: its states, its pure transitions and the operations on them. Knows the packages of {@code domain} but {@code login}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.mfa;
