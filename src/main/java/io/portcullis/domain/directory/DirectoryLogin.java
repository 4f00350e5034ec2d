package io.portcullis.domain.directory;

import io.portcullis.domain.account.Account;
import io.portcullis.domain.account.Identity;
import io.portcullis.domain.directory.Directory.Person;
import io.portcullis.domain.login.FirstFactor;
import io.portcullis.domain.login.LoginSource;
import io.portcullis.domain.login.People;
import io.portcullis.domain.password.PasswordHashes;
import io.portcullis.domain.password.StoredHash;
import io.portcullis.domain.session.Client;
import io.portcullis.domain.session.Session;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Logins by passwords in tables of a legacy system. One password is compared for each try, whether there is such a person or
 * not: an unknown one is compared with a decoy of the form and cost of the last hash that was read. So all accounts of one
 * directory should have hashes of one kind; those of another kind can be told by the time that they take.
 */
public final class DirectoryLogin implements FirstFactor, LoginSource, People {
    /** Until a hash of the directory was seen: bcrypt of cost 10, the default of most systems, over nothing. */
    private static final String FIRST_DECOY = "$2b$10$" + "......................" + "...............................";

    private final DirectorySettings settings;
    private final Directory directory;
    private final Directory remembered;
    private final PasswordHashes hashes;
    private final OwnLogin login;
    private final AtomicReference<StoredHash> decoy;

    /** {@code remembered}: the same, as it was some moments ago, for the many requests of those who are logged in. */
    public DirectoryLogin(
            DirectorySettings settings,
            Directory directory,
            Directory remembered,
            PasswordHashes hashes,
            OwnLogin login) {
        this.settings = settings;
        this.directory = directory;
        this.remembered = remembered;
        this.hashes = hashes;
        this.login = login;
        this.decoy =
                new AtomicReference<>(hashes.read(FIRST_DECOY).orElseThrow().decoy());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String realm() {
        return settings.realm();
    }

    @Override
    public Optional<Admitted> check(String email, String password, Client client) {
        var person = directory.byEmail(email).person();
        var hash = person.flatMap(Person::passwordHash).flatMap(hashes::read);
        boolean right = hash.orElseGet(decoy::get).matches(password);
        hash.map(StoredHash::decoy).ifPresent(decoy::set);
        return right && hash.isPresent()
                ? person.map(known -> login.byPassword(identity(known), name()))
                : Optional.empty();
    }

    /** By the e-mail that the row had, since the query knows no other way: somebody whose e-mail changes logs in anew. */
    @Override
    public Optional<Current> current(Session session) {
        var reading = session.identity().email().map(remembered::byEmail);
        return reading.flatMap(read -> read.person()
                .filter(person -> person.subject().equals(session.account().subject()))
                .map(person -> new Current(identity(person), read.at().plus(settings.cache()))));
    }

    @Override
    public Optional<Identity> byEmail(String email) {
        return directory.byEmail(email).person().map(this::identity);
    }

    private Identity identity(Person person) {
        return new Identity(
                new Account(settings.realm(), person.subject()), Optional.of(person.email()), person.role());
    }
}
