/** The public port: who may connect, how long a head may take, TLS, HTTP/2, PROXY protocol. Knows {@code http}; what is asked for there is not its business. */
@org.jspecify.annotations.NullMarked
package io.portcullis.listener;
