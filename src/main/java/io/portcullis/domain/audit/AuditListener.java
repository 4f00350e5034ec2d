package io.portcullis.domain.audit;

/** Hears of events after they were committed. Throws nothing, waits for nothing. */
public interface AuditListener {
    AuditListener NONE = event -> {};

    void committed(AuditEvent event);
}
