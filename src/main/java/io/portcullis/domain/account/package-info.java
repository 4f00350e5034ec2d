/** Who somebody is: an account is a realm and a subject there. Knows {@code error}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.account;
