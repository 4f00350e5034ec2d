package io.portcullis.api;

import java.util.List;

/** What belongs together of what clients can ask for. */
public interface Operations {
    List<Operation> all();
}
