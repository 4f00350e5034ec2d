/** Logins at an OpenID provider. Knows {@code domain.login} and what that knows. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.oidc;
