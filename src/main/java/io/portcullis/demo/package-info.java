/**
 * What stands around the gateway in the demo and in tests: a small admin backend as it may stand in front of nobody, with
 * its own login, its own tokens and no second factor, and a mailbox for everybody. Neither knows anything of the gateway,
 * which is what the demo and the tests need them for.
 */
@org.jspecify.annotations.NullMarked
package io.portcullis.demo;
