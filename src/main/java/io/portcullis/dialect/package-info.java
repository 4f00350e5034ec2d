/** What a dialect file says: routes, where a request has the arguments of which operation, and the shape of each answer; checked against the operations there are, every problem with its place. Knows nothing of how a request comes in. */
@org.jspecify.annotations.NullMarked
package io.portcullis.dialect;
