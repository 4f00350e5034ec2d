/**
 * A small admin backend as it may stand in front of nobody: its own login, its own tokens, no second factor. It knows
 * nothing of the gateway, which is what the demo and the tests need it for.
 */
@org.jspecify.annotations.NullMarked
package io.portcullis.demo;
