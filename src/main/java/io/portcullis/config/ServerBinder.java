package io.portcullis.config;

import io.portcullis.listener.ListenerLimits;
import io.portcullis.listener.ListenerSettings;
import io.portcullis.listener.TlsIdentity;
import io.portcullis.listener.TlsSettings;
import io.portcullis.yaml.Problems;
import io.portcullis.yaml.Value;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code server}. */
final class ServerBinder {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private final Value root;
    private final Value section;
    private final Problems problems;

    ServerBinder(Value root, Problems problems) {
        this.root = root;
        this.section = root.at("server");
        this.problems = problems;
    }

    Optional<ListenerSettings> settings() {
        var tls = tls();
        var networks = networks(section.at("trustedProxies"), problems);
        var allowedHosts = allowedHosts();
        return problems.settings(
                root,
                section,
                () -> new ListenerSettings(
                        section.at("host").text(),
                        section.at("port").number(),
                        URI.create(section.at("publicUrl").text()),
                        allowedHosts,
                        networks,
                        section.at("proxyProtocol").flag(),
                        tls,
                        section.at("cors").at("allowedOrigins").texts(),
                        limits(section.at("limits")),
                        section.at("shutdown").duration()));
    }

    private static ListenerLimits limits(Value section) {
        return new ListenerLimits(
                section.at("header").bytes(),
                section.at("headTime").duration(),
                section.at("idle").duration(),
                section.at("connections").number(),
                section.at("connectionsPerAddress").number(),
                section.at("streams").number(),
                section.at("resets").rate());
    }

    /** Empty where there is none, or it cannot be used. */
    private Optional<TlsSettings> tls() {
        var tls = section.at("tls");
        if (!tls.at("cert").readable() || !tls.at("key").readable()) {
            return Optional.empty();
        }
        try {
            var cert = Path.of(tls.at("cert").text());
            var key = Path.of(tls.at("key").text());
            return Optional.of(new TlsSettings(cert, key, TlsIdentity.read(cert, key)));
        } catch (TlsIdentity.Unusable unusable) {
            problems.add(tls.at(unusable.ofKey() ? "key" : "cert"), String.valueOf(unusable.getMessage()));
        } catch (InvalidPathException noPath) {
            problems.add(tls, "must name the paths of two files");
        }
        return Optional.empty();
    }

    private Set<String> allowedHosts() {
        var publicHost = section.at("publicUrl").optionalText().map(ServerBinder::host);
        var given = section.at("allowedHosts");
        var hosts = new LinkedHashSet<String>();
        if (given.given()) {
            given.texts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
            if (given.readable()
                    && publicHost.filter(host -> !hosts.contains(host)).isPresent()) {
                problems.add(given, "lacks the host of server.publicUrl; add it");
            }
        } else {
            publicHost.ifPresent(hosts::add);
            hosts.addAll(LOOPBACK);
        }
        return hosts;
    }

    /** The host of an origin, an IPv6 address without its brackets. */
    private static String host(String origin) {
        var authority = origin.substring(origin.indexOf("://") + 3);
        if (authority.startsWith("[")) {
            return authority.substring(1, authority.indexOf(']'));
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** A list of networks in CIDR form, each found to be one. */
    static List<String> networks(Value list, Problems problems) {
        var networks = new ArrayList<String>();
        for (var item : list.items()) {
            item.optionalText().ifPresent(network -> {
                if (!isNetwork(network)) {
                    problems.add(item, "must be a network such as 10.0.0.0/8 or fd00::/8");
                }
                networks.add(network);
            });
        }
        return networks;
    }

    private static boolean isNetwork(String network) {
        int slash = network.indexOf('/');
        var address = network.substring(0, slash);
        int bits = Integer.parseInt(network.substring(slash + 1));
        if (address.indexOf(':') < 0) {
            return bits <= 32 && address.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
        }
        try {
            InetAddress.getByName('[' + address + ']'); // brackets: never a name that would be looked up
            return bits <= 128;
        } catch (UnknownHostException notAddress) {
            return false;
        }
    }
}
