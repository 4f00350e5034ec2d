/** Codes that people type, of authenticator apps (RFC 6238) and of mails, and how they are kept. Knows errors and accounts. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.code;
