package io.portcullis.pages;

import java.util.Map;

/** What a page comes to. */
sealed interface Shown {
    /**
     * A page.
     *
     * @param template its name
     * @param model what the template shows
     */
    record View(String template, int status, Map<String, Object> model) implements Shown {}

    /** The browser goes on there with a GET; a local path. */
    record Go(String path) implements Shown {}
}
