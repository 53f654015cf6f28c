// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. May block. */
@FunctionalInterface
public interface NameResolver {
    /** All addresses, the preferred one first; at least one. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The operating system's. */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
