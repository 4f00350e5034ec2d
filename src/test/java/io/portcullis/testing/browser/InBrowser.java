package io.portcullis.testing.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need Chromium; skipped by name where there is none. They may take a {@link Chromium}, the one of this JVM,
 * and a {@link BrowserGateway}, a new one for each test.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith({ChromiumInstalled.class, BrowserFixtures.class})
public @interface InBrowser {}
