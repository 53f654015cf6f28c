// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Networks that are not the public internet: the IANA special-purpose registries, the clouds' metadata addresses, and IPv6
 * forms that carry an IPv4 address (a translator may lead them back inside).
 */
final class SpecialNetworks {
    private static final Map<IpNetwork, String> NETWORKS = networks();
    private static final IpNetwork GLOBAL_UNICAST = IpNetwork.parse("2000::/3");

    private SpecialNetworks() {}

    /** Why the address is not public, or empty when it is. */
    static Optional<String> reason(InetAddress address) {
        for (Map.Entry<IpNetwork, String> special : NETWORKS.entrySet()) {
            if (special.getKey().contains(address)) {
                return Optional.of(special.getValue() + " (" + special.getKey() + ")");
            }
        }
        boolean v6 = address.getAddress().length == 16;
        return v6 && !GLOBAL_UNICAST.contains(address)
                ? Optional.of("not global unicast (outside " + GLOBAL_UNICAST + ")")
                : Optional.empty();
    }

    private static Map<IpNetwork, String> networks() {
        Map<IpNetwork, String> all = new LinkedHashMap<>();
        String[][] table = {
            {"169.254.169.254/32", "cloud metadata"},
            {"168.63.129.16/32", "cloud metadata"},
            {"100.100.100.200/32", "cloud metadata"},
            {"fd00:ec2::254/128", "cloud metadata"},
            {"0.0.0.0/8", "this host"},
            {"127.0.0.0/8", "loopback"},
            {"10.0.0.0/8", "private"},
            {"172.16.0.0/12", "private"},
            {"192.168.0.0/16", "private"},
            {"100.64.0.0/10", "shared address space"},
            {"169.254.0.0/16", "link-local"},
            {"192.0.0.0/24", "protocol assignments"},
            {"192.0.2.0/24", "documentation"},
            {"198.51.100.0/24", "documentation"},
            {"203.0.113.0/24", "documentation"},
            {"192.88.99.0/24", "6to4 relay"},
            {"198.18.0.0/15", "benchmarking"},
            {"224.0.0.0/4", "multicast"},
            {"240.0.0.0/4", "reserved"},
            {"::/128", "this host"},
            {"::1/128", "loopback"},
            {"::/96", "IPv4 in IPv6"},
            {"64:ff9b::/96", "IPv4 in IPv6"},
            {"64:ff9b:1::/48", "IPv4 in IPv6"},
            {"2002::/16", "IPv4 in IPv6"},
            {"2001::/23", "protocol assignments"},
            {"2001:db8::/32", "documentation"},
            {"3fff::/20", "documentation"},
            {"fc00::/7", "private"},
            {"fe80::/10", "link-local"},
            {"ff00::/8", "multicast"}
        };
        for (String[] row : table) {
            all.put(IpNetwork.parse(row[0]), row[1]);
        }
        return all;
    }
}
