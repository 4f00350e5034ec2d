/** The ports of the domain in memory, and a person who goes through its operations. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain;
