/** What must survive anything, in PostgreSQL. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.postgres;
