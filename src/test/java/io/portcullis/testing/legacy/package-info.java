/** Legacy backends of several kinds, each a process of its own. They know nothing of the gateway. */
@org.jspecify.annotations.NullMarked
package io.portcullis.testing.legacy;
