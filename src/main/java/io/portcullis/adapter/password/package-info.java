/** Password hashes of the gateway and of the systems that people come from. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.password;
