package io.portcullis.domain.audit;

import io.portcullis.domain.session.Client;
import java.util.Locale;

/** The request that an event came from, and the language its sender reads. */
public record Origin(Client client, String requestId, Locale language) {}
