package io.portcullis.pages;

import io.portcullis.api.Visit;

/** One page: shown by a GET, and its forms sent back to it by a POST. On a virtual thread; a {@code Refused} that it throws becomes an error page. */
interface Page {
    Shown get(Visit visit);

    Shown post(Visit visit);
}
