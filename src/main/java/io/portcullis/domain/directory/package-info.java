/** People whose passwords the gateway compares itself: its own accounts, and tables of others. Knows {@code domain.login} and what that knows. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.directory;
