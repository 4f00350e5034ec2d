/** Logins at OpenID providers: discovery, keys, codes and ID tokens. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.oidc;
