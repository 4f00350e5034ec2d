/** What expires by itself, in Redis. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.redis;
