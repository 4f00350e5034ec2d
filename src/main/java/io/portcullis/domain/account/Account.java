package io.portcullis.domain.account;

/** One person in one realm. The same subject in two realms is two accounts. */
public record Account(String realm, String subject) {
    public Account {
        if (realm.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("an account has a realm and a subject");
        }
    }
}
