package io.portcullis.gate;

import io.portcullis.domain.login.Caller;

/**
 * A recognised caller, ready to be sent on.
 *
 * @param stamp what the backend is told of the caller
 * @param carriedAt which of the request's credentials was judged
 */
record Passport(Caller caller, Assertions.Stamp stamp, int carriedAt) {}
