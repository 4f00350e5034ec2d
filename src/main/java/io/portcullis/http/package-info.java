/** What all our answers share: the error answer, CORS, request ids, client addresses, cookies. Knows {@code domain}; runs on event loops and never waits. */
@org.jspecify.annotations.NullMarked
package io.portcullis.http;
