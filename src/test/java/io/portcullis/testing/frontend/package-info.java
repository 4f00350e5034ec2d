/** Small clients written as existing frontends are. They know the gateway by HTTP alone. */
@org.jspecify.annotations.NullMarked
package io.portcullis.testing.frontend;
