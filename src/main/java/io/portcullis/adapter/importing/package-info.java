/** People who have an authenticator and backup codes in another system. Knows the ports of {@code domain} and {@code adapter.crypto}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.importing;
