/** The YAML file to typed settings, every problem with its place. Knows everyone's settings records. */
@org.jspecify.annotations.NullMarked
package io.portcullis.config;
