/** Listeners, health, shutdown, and the wiring of everything below. */
@org.jspecify.annotations.NullMarked
package io.portcullis.server;
