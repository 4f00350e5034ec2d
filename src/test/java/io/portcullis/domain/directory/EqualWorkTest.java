package io.portcullis.domain.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.domain.CountingHashes;
import io.portcullis.domain.account.Account;
import io.portcullis.domain.directory.Directory.Person;
import io.portcullis.domain.directory.Directory.Reading;
import io.portcullis.domain.local.LocalAccount;
import io.portcullis.domain.local.LocalAccounts;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.SessionSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each try costs one comparison of the same cost, whoever there is and whatever is typed: time tells nobody who has an account. */
class EqualWorkTest {
    private static final Client CLIENT = new Client("192.0.2.1", "test");

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
    private final CountingHashes hashes = new CountingHashes();
    private final OwnLogin login = new OwnLogin(SessionSettings.DEFAULTS, new SecureRandom(), clock);
    private final Map<String, LocalAccount> locals = new HashMap<>();
    private final Map<String, Person> people = new HashMap<>();

    private static LocalAccount local(String hash) {
        return new LocalAccount(new Account("admin", "1"), "a@example.com", "admin", hash);
    }

    private static Person person(String hash) {
        return new Person("1", "a@example.com", Optional.of("admin"), Optional.of(hash));
    }

    private AccountsLogin accounts() {
        var accounts = new LocalAccounts() {
            @Override
            public Optional<LocalAccount> find(Account account) {
                return Optional.empty();
            }

            @Override
            public Optional<LocalAccount> byEmail(String realm, String email) {
                return Optional.ofNullable(locals.get(email));
            }

            @Override
            public List<LocalAccount> all(String realm) {
                return List.of();
            }

            @Override
            public void rehash(Account account, String before, String after) {
                locals.replaceAll((email, now) -> local(after));
            }
        };
        return new AccountsLogin(new AccountsSettings("local", "admin"), accounts, hashes, login, clock);
    }

    private DirectoryLogin directory() {
        Directory directory = email -> new Reading(Optional.ofNullable(people.get(email)), clock.instant());
        var settings = new DirectorySettings(
                "table", "admin", "postgresql://u:p@db/legacy", "SELECT $1", Duration.ofSeconds(1));
        return new DirectoryLogin(settings, directory, directory, hashes, login);
    }

    private boolean admits(FirstFactor factor, String email, String password) {
        return factor.check(email, password, CLIENT).isPresent();
    }

    @Test
    void aLocalAccountIsComparedOnceWithTodaysCost() {
        var factor = accounts();
        locals.put("known", local("today:secret"));
        locals.put("damaged", local("nonsense"));
        assertThat(admits(factor, "known", "secret")).isTrue();
        assertThat(hashes.compared()).containsExactly("today");
        for (var email : List.of("known", "damaged", "nobody")) {
            for (var password : List.of("wrong", "")) {
                assertThat(admits(factor, email, password)).isFalse();
                assertThat(hashes.compared()).as(email).containsExactly("today");
            }
        }
    }

    @Test
    void aHashOfAnEarlierCostIsReplacedByARightPasswordAlone() {
        var factor = accounts();
        locals.put("known", local("earlier:secret"));
        assertThat(admits(factor, "known", "wrong")).isFalse();
        assertThat(locals.get("known")).isEqualTo(local("earlier:secret"));
        assertThat(admits(factor, "known", "secret")).isTrue();
        assertThat(locals.get("known")).isEqualTo(local("today:secret"));
    }

    @Test
    void aDirectoryIsComparedOnceWithTheCostOfItsOwnHashes() {
        var factor = directory();
        assertThat(admits(factor, "nobody", "wrong")).isFalse();
        assertThat(hashes.compared()).containsExactly("bcrypt 10");
        people.put("known", person("bcrypt 12:secret"));
        people.put("damaged", person("nonsense"));
        people.put("none", new Person("3", "none", Optional.empty(), Optional.empty()));
        assertThat(admits(factor, "known", "wrong")).isFalse();
        assertThat(hashes.compared()).containsExactly("bcrypt 12");
        for (var email : List.of("known", "damaged", "none", "nobody")) {
            for (var password : List.of("wrong", "")) {
                assertThat(admits(factor, email, password)).isFalse();
                assertThat(hashes.compared()).as(email).containsExactly("bcrypt 12");
            }
        }
        assertThat(admits(factor, "known", "secret")).isTrue();
        assertThat(hashes.compared()).containsExactly("bcrypt 12");
    }
}
