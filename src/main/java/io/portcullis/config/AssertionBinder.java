package io.portcullis.config;

import io.portcullis.adapter.crypto.AssertionKeys;
import io.portcullis.gate.AssertionSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code assertion}, and who gets one. */
final class AssertionBinder {
    private final Value root;
    private final Problems problems;

    AssertionBinder(Value root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Empty when there is none, or a faulty one. */
    Optional<AssertionSettings> settings() {
        var section = root.at("assertion");
        var audiences = audiences();
        if (!section.given()) {
            audiences.forEach((upstream, audience) ->
                    problems.add(audience, "needs assertion.keys to sign with, made by: portcullis keys assertion"));
            return Optional.empty();
        }
        var texts = new HashMap<String, String>();
        return problems.settings(root, section, () -> {
            audiences.forEach((upstream, audience) -> texts.put(upstream, audience.text()));
            var keys = section.at("keys").text();
            AssertionKeys.of(keys);
            return new AssertionSettings(keys, section.at("ttl").duration(), texts);
        });
    }

    private Map<String, Value> audiences() {
        var audiences = new HashMap<String, Value>();
        root.at("upstreams").members().forEach((name, upstream) -> {
            if (upstream.at("assertion").given()) {
                audiences.put(name, upstream.at("assertion"));
            }
        });
        return audiences;
    }
}
