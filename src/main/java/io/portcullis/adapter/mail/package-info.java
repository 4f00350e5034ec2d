/** Messages to people, by SMTP or by a webhook. Knows the ports of {@code domain}. */
@org.jspecify.annotations.NullMarked
package io.portcullis.adapter.mail;
