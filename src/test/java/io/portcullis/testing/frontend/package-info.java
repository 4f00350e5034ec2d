/**
 * Small clients, each written as the existing frontend of one dialect would be: its paths, its field names, its way to read an error. They
 * know nothing of the gateway but what that frontend's own documentation says.
 */
@org.jspecify.annotations.NullMarked
package io.portcullis.testing.frontend;
