package io.portcullis.proxy;

import java.util.List;

/**
 * One upstream as all event loops share it.
 *
 * @param targets how each fares, in the order of the settings
 */
record UpstreamState(UpstreamSettings settings, List<TargetHealth> targets) {
    static UpstreamState of(UpstreamSettings settings) {
        return new UpstreamState(
                settings,
                settings.targets().stream()
                        .map(target -> new TargetHealth(settings, target))
                        .toList());
    }
}
