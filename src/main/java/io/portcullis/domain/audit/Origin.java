package io.portcullis.domain.audit;

import io.portcullis.domain.session.Client;

/** The request that an event came from. */
public record Origin(Client client, String requestId) {}
