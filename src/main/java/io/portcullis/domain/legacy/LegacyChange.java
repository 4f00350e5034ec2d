package io.portcullis.domain.legacy;

import io.portcullis.domain.account.Account;
import java.time.Instant;

/**
 * A second factor that was turned on or off.
 *
 * @param id higher than that of every earlier change of the account
 * @param enabled whether it is on since
 */
public record LegacyChange(long id, Account account, boolean enabled, Instant at) {}
