/** The records of accounts in the legacy backend, and how they are kept in step. Knows accounts. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.legacy;
