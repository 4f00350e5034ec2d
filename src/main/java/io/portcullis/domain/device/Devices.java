package io.portcullis.domain.device;

import io.portcullis.domain.session.Fingerprint;
import java.util.List;

/** The remembered devices of one account while it is being changed. */
public interface Devices {
    /** How many are kept; where there are more, those go that were not used for longest. */
    int MOST = 50;

    List<RememberedDevice> all();

    void add(RememberedDevice device);

    /**
     * Gives a device the token of its next login, and notes its use. False, and nothing is changed, when its token is another
     * by now, its time has run out at {@code next}'s last use, or its account's version is another.
     */
    boolean rotate(Fingerprint token, RememberedDevice next);

    /** False when the account has no such device. */
    boolean forget(String id);

    /** Returns how many there were. */
    int forgetAll();
}
