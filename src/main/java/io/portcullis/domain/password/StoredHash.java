package io.portcullis.domain.password;

/** A password hash that was read. Comparing blocks, for as long as the hash is made to cost; may be called on any virtual thread. */
public interface StoredHash {
    /** Longer ones are refused without comparing, whosever they are. */
    int LONGEST_PASSWORD_BYTES = 1024;

    /** Compares in constant time; costs the same for a right and a wrong password. */
    boolean matches(String password);

    /** One of the same form and cost that is of no password, to compare with where there is no account. */
    StoredHash decoy();

    /** Whether a password that is hashed today would get a hash of this form and cost. */
    boolean upToDate();
}
