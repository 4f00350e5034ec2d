package io.portcullis.domain.mfa;

import static io.portcullis.domain.TestDomain.ALICE;
import static io.portcullis.domain.TestDomain.CLIENT;
import static io.portcullis.domain.TestDomain.FROM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.notice.Message.Kind;
import io.portcullis.domain.notice.Message.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class NoticesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Notices NOTICES = new Notices(ALICE, "alice@example.com", Locale.FRENCH);

    @ParameterizedTest
    @CsvSource({
        "MFA_ENABLED, totp, MFA_ENABLED, totp",
        "METHOD_ADDED, email, METHOD_ADDED, email",
        "METHOD_REMOVED, email, METHOD_REMOVED, email",
        "MFA_DISABLED, '', MFA_DISABLED, ''",
        "MFA_RESET, lost phone, MFA_RESET, ''",
        "RECOVERY_CODE_USED, 4, RECOVERY_CODE_USED, 4",
        "RECOVERY_CODES_REGENERATED, 10, RECOVERY_CODES_REGENERATED, 10",
        "NEW_CLIENT, whatever, NEW_CLIENT, ''",
        "SUSPICIOUS_LOGIN, new-client, SUSPICIOUS_LOGIN, ''",
        "SECOND_FACTOR_LOCKED, 2026-03-01T10:14:02Z, SECOND_FACTOR_LOCKED, 2026-03-01 10:15 UTC",
        "SECOND_FACTOR_LOCKED, '', SECOND_FACTOR_LOCKED, ''",
        "DEVICE_REMEMBERED, an id, DEVICE_REMEMBERED, ''",
    })
    void theOwnerIsToldOf(AuditEvent.Type type, String detail, Kind kind, String told) {
        assertThat(NOTICES.of(AuditEvent.own(type, NOW, FROM, detail)))
                .containsExactly(new Notice(
                        ALICE,
                        "alice@example.com",
                        kind,
                        told,
                        Locale.FRENCH,
                        NOW,
                        CLIENT.address(),
                        CLIENT.userAgent()));
    }

    @ParameterizedTest
    @CsvSource({"3", "2", "1", "0"})
    void theUseOfOneOfTheLastCodesWarnsAsWell(String left) {
        var notices = NOTICES.of(AuditEvent.own(AuditEvent.Type.RECOVERY_CODE_USED, NOW, FROM, left));
        assertThat(notices.stream().map(Notice::kind))
                .containsExactly(Kind.RECOVERY_CODE_USED, Kind.RECOVERY_CODES_LOW);
        assertThat(notices.stream().map(Notice::detail)).containsOnly(left);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "MFA_ENABLED",
                "METHOD_ADDED",
                "METHOD_REMOVED",
                "MFA_DISABLED",
                "MFA_RESET",
                "RECOVERY_CODE_USED",
                "RECOVERY_CODES_REGENERATED",
                "NEW_CLIENT",
                "SUSPICIOUS_LOGIN",
                "SECOND_FACTOR_LOCKED",
                "DEVICE_REMEMBERED"
            })
    void ofAllElseNobodyIsTold(AuditEvent.Type type) {
        assertThat(NOTICES.of(AuditEvent.own(type, NOW, FROM, ""))).isEmpty();
    }

    @Test
    void whereAnOperatorSitsIsNotTold() {
        var reset = new AuditEvent(AuditEvent.Type.MFA_RESET, NOW, "admin/root", FROM, "");
        assertThat(List.of(
                        NOTICES.of(reset).getFirst().address(),
                        NOTICES.of(reset).getFirst().userAgent()))
                .containsOnly("");
    }
}
