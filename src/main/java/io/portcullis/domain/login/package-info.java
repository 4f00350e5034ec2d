/** From a first factor to a session, and out again. Knows all of {@code domain}; nothing in {@code domain} knows it. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.login;
