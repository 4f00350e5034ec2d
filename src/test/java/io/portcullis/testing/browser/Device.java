package io.portcullis.testing.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/** What a visitor's browser is set to. */
public record Device(String locale, ColorScheme colors, int width, int height, boolean javaScript) {
    public static final Device DESKTOP = new Device("en-US", ColorScheme.LIGHT, 1280, 800, true);
    public static final Device PHONE = DESKTOP.sized(360, 740);

    public Device french() {
        return new Device("fr-FR", colors, width, height, javaScript);
    }

    public Device dark() {
        return new Device(locale, ColorScheme.DARK, width, height, javaScript);
    }

    /** With a viewport of that many CSS pixels. */
    public Device sized(int newWidth, int newHeight) {
        return new Device(locale, colors, newWidth, newHeight, javaScript);
    }

    public Device withoutJavaScript() {
        return new Device(locale, colors, width, height, false);
    }

    NewContextOptions options(String base) {
        return new NewContextOptions()
                .setBaseURL(base)
                .setLocale(locale)
                .setColorScheme(colors)
                .setViewportSize(width, height)
                .setJavaScriptEnabled(javaScript);
    }
}
