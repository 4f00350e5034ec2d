package io.portcullis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.mfa.MfaState;
import io.portcullis.domain.session.Level;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the catalogue says that there is no other text, there is none. */
class CatalogueTextsTest {
    @Test
    void states() {
        assertTexts("state", Stream.of(MfaState.values()).map(MfaState::name));
    }

    @Test
    void methods() {
        assertTexts("method", Stream.of(Method.values()).filter(Method::isProof).map(Method::wire));
    }

    @Test
    void levels() {
        assertTexts("level", Stream.of(Level.values()).map(Level::wire));
    }

    @Test
    void outcomesOfEvents() {
        assertTexts("eventOutcome", Stream.of(AuditEvent.Outcome.values()).map(AuditEvent.Outcome::wireName));
    }

    private static void assertTexts(String shape, Stream<String> there) {
        var named = (Shape.Named)
                Objects.requireNonNull(Catalogue.OPERATIONS.shapes().get(shape), shape);
        assertThat(((Shape.Scalar) named.shape()).texts()).containsExactlyInAnyOrderElementsOf(there.toList());
    }
}
