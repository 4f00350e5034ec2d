/** The one way to say no: a sealed problem with its public code. Knows the JDK alone. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.error;
