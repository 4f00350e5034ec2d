/** People who sit at a real browser, and a gateway that a browser can reach. */
@org.jspecify.annotations.NullMarked
package io.portcullis.testing.browser;
