/**
 * A real PostgreSQL and a real Redis out of the class path, for the demo and for tests. portcullis.jar has not got them.
 * Knows the JDK, the archive libraries and the PostgreSQL driver alone.
 */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.embedded;
