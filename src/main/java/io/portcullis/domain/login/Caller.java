package io.portcullis.domain.login;

import io.portcullis.domain.mfa.Standing;
import io.portcullis.domain.session.Session;

/** Who a request comes from, and how the account stands at this moment. */
public record Caller(Session session, Standing standing) {}
