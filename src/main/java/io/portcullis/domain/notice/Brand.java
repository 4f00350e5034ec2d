package io.portcullis.domain.notice;

/**
 * How the product presents itself to people, in messages and on pages.
 *
 * @param name of the product
 * @param color {@code #rrggbb}
 */
public record Brand(String name, String color) {
    /** Of whoever names none. */
    public static final Brand PORTCULLIS = new Brand("Portcullis", "#0b7285");

    private static final int LONGEST_NAME = 60;

    public Brand {
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name must be at most 60 characters on one line");
        }
        if (!color.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("color must be a colour such as #0b7285");
        }
    }

    /** Black or white, whichever stands out more against the colour (WCAG 2.2, contrast ratio): at least 4.5. */
    public String onColor() {
        double luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
        double white = 1.05 / (luminance + 0.05);
        double black = (luminance + 0.05) / 0.05;
        return white >= black ? "#ffffff" : "#000000";
    }

    /** One channel of the colour as linear light, from 0 to 1. */
    private double channel(int at) {
        double value = Integer.parseInt(color.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
