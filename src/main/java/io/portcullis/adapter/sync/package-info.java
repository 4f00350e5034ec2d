/** Legacy records in a PostgreSQL database or behind a webhook. Implements the ports of {@code domain.legacy}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.sync;
