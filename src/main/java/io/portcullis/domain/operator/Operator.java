package io.portcullis.domain.operator;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.audit.AuditEvent;
import io.portcullis.domain.audit.Origin;
import io.portcullis.domain.error.Problem;
import io.portcullis.domain.error.Refused;
import io.portcullis.domain.session.Client;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who acts on accounts of others.
 *
 * @param actor as the audit log names them: {@code operator:REALM:SUBJECT} over HTTP, {@code cli:USER} on the host
 * @param self the operator's own account; whoever acts on the host has none
 */
public record Operator(String actor, Optional<Account> self, Origin origin) {
    /** One with an account of the gateway. */
    static Operator of(Account account, Origin origin) {
        return new Operator("operator:" + account.realm() + ":" + account.subject(), Optional.of(account), origin);
    }

    /**
     * One who has a shell beside the gateway.
     *
     * @param user of the operating system
     * @param name who that is, where several people share the user
     */
    public static Operator onHost(String user, Optional<String> name) {
        var actor = "cli:" + user + name.map(person -> ":" + person).orElse("");
        return new Operator(
                actor, Optional.empty(), new Origin(new Client("localhost", "portcullis"), "", Locale.ENGLISH));
    }

    /**
     * Refuses what operators may not do to themselves: it would be a way round the fresh proof and the lockout of their own
     * second factor.
     *
     * @throws Refused {@code Forbidden}
     */
    void checkIsNot(Account account) {
        if (self.filter(account::equals).isPresent()) {
            throw new Refused(new Problem.Forbidden());
        }
    }

    AuditEvent event(AuditEvent.Type type, Instant at, String detail) {
        return new AuditEvent(type, at, actor, origin, detail);
    }
}
