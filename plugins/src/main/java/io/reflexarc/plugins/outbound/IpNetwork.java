// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IP addresses (RFC 4632, RFC 4291).
 *
 * @param base its first address
 * @param prefix leading bits that count
 */
public record IpNetwork(InetAddress base, int prefix) {
    /** Only what cannot be a name is parsed, so that nothing is looked up. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Parses {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address. */
    public static IpNetwork parse(String cidr) {
        int slash = cidr.indexOf('/');
        String address = slash < 0 ? cidr : cidr.substring(0, slash);
        try {
            if (!LITERAL.matcher(address).matches()) {
                throw new UnknownHostException(address);
            }
            InetAddress base = InetAddress.getByName(address);
            int bits = base.getAddress().length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(cidr.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new NumberFormatException(cidr);
            }
            return new IpNetwork(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new ProblemException(
                    ProblemType.INVALID, "\"" + cidr + "\" is no network: write it like 10.0.0.0/8 or fd00::/8", e);
        }
    }

    /** Whether the address lies in it; an address of the other family does not. */
    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        int mask = 0xFF00 >> rest & 0xFF;
        return rest == 0 || (mine[whole] & mask) == (other[whole] & mask);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefix;
    }
}
