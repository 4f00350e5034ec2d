package io.portcullis.domain.mfa;

import io.portcullis.domain.account.Method;
import io.portcullis.domain.code.TotpKey;

/** A method that somebody is setting up, with what it is to become when it is confirmed. */
public sealed interface Enrollment {
    Method method();

    record Totp(TotpKey key) implements Enrollment {
        @Override
        public Method method() {
            return Method.TOTP;
        }
    }

    /** Codes are mailed to {@code address} from then on, whatever an identity source says later. */
    record Email(String address) implements Enrollment {
        @Override
        public Method method() {
            return Method.EMAIL;
        }
    }
}
