/** Devices that an account remembers and clients that it was seen with. Knows accounts and sessions. */
@org.jspecify.annotations.NullMarked
package io.portcullis.domain.device;
