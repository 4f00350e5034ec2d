package io.portcullis.domain.limits;

import java.time.Duration;

/**
 * What is left of a policy for one key.
 *
 * @param remaining how many more are allowed now
 * @param reset until one more is allowed than now; zero when nothing is taken, never negative, at most the window
 */
public record Quota(Policy policy, int remaining, Duration reset) {}
