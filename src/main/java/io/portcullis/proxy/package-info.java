/** To the legacy backend and back: upstreams, streaming, upgrades, identity headers, login capture. Knows {@code domain} and {@code http}; runs on event loops and never waits. */
@org.jspecify.annotations.NullMarked
package io.portcullis.proxy;
