// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this process may call. An address must be public or lie in an allowed network; where host patterns are given, the
 * host must also match one of them. A refusal begins with {@code egress_denied}.
 *
 * @param networks allowed beside the public internet
 * @param hosts names ({@code api.example.com}) or patterns ({@code *.example.com}); empty allows every name
 */
public record OutboundPolicy(List<AllowedNetwork> networks, List<String> hosts) {
    /** The public internet and nothing else. */
    public static final OutboundPolicy PUBLIC_ONLY = new OutboundPolicy(List.of(), List.of());

    public OutboundPolicy {
        networks = List.copyOf(networks);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** The same with these networks allowed too, each as {@link AllowedNetwork#parse} reads it. */
    public OutboundPolicy allowing(String... allowed) {
        List<AllowedNetwork> more = new ArrayList<>(networks);
        Stream.of(allowed).map(AllowedNetwork::parse).forEach(more::add);
        return new OutboundPolicy(more, hosts);
    }

    /** Addresses of this machine, for {@code up}, where sender and target live beside us. */
    public OutboundPolicy allowingLoopback() {
        return allowing("127.0.0.0/8", "::1/128");
    }

    /** Refuses with {@code FORBIDDEN} unless the host and every one of its addresses is allowed. */
    void check(String host, int port, List<InetAddress> addresses) {
        if (!hosts.isEmpty() && hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
            throw denied(host + " is not among the allowed hosts");
        }
        for (InetAddress address : addresses) {
            if (networks.stream().noneMatch(network -> network.allows(address, port))) {
                Optional<String> reason = SpecialNetworks.reason(address);
                if (reason.isPresent()) {
                    throw denied(host + " has the address " + address.getHostAddress() + ", which is " + reason.get());
                }
            }
        }
    }

    private static boolean matches(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
                : host.equals(pattern);
    }

    /** A refusal with its remedy. */
    static ProblemException denied(String why) {
        return new ProblemException(
                ProblemType.FORBIDDEN,
                "egress_denied: " + why + "; an administrator can allow it in the outbound policy");
    }
}
