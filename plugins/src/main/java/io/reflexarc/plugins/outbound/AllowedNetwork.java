// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.net.InetAddress;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses beside the public internet that may be called.
 *
 * @param network addresses
 * @param port the only port, or empty for all
 */
public record AllowedNetwork(IpNetwork network, OptionalInt port) {
    /** {@code 127.0.0.1:9000}, {@code 10.0.0.0/8:443}, {@code [fd00::1]:443}, {@code [fd00::/8]:443}. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\]]+)]|([0-9./]+)):(\\d{1,5})");

    /** Parses a network or an address, with or without a port after a colon; IPv6 with a port in brackets. */
    public static AllowedNetwork parse(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        if (!matcher.matches()) {
            return new AllowedNetwork(IpNetwork.parse(text), OptionalInt.empty());
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65_535) {
            throw new ProblemException(ProblemType.INVALID, "\"" + text + "\" names no port from 1 to 65535");
        }
        String network = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new AllowedNetwork(IpNetwork.parse(network), OptionalInt.of(port));
    }

    boolean allows(InetAddress address, int wanted) {
        return network.contains(address) && (port.isEmpty() || port.getAsInt() == wanted);
    }
}
