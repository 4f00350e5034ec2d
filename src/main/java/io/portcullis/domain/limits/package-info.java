/** How often something may happen, counted over all instances. Knows {@code error} and {@code account}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.limits;
