// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class AllowedNetworkTest {
    @Test
    void anAddressWithAPortAllowsThatPortOnly() throws UnknownHostException {
        AllowedNetwork allowed = AllowedNetwork.parse("127.0.0.1:9000");
        assertThat(allowed.allows(InetAddress.getByName("127.0.0.1"), 9000)).isTrue();
        assertThat(allowed.allows(InetAddress.getByName("127.0.0.1"), 9001)).isFalse();
        assertThat(allowed.allows(InetAddress.getByName("127.0.0.2"), 9000)).isFalse();
    }

    @Test
    void aNetworkWithoutAPortAllowsAllOfThem() throws UnknownHostException {
        assertThat(AllowedNetwork.parse("10.0.0.0/8").allows(InetAddress.getByName("10.1.2.3"), 1))
                .isTrue();
        assertThat(AllowedNetwork.parse("fd00::/8").allows(InetAddress.getByName("fd00::1"), 443))
                .isTrue();
        assertThat(AllowedNetwork.parse("[fd00::/8]:443").allows(InetAddress.getByName("fd00::1"), 80))
                .isFalse();
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> AllowedNetwork.parse("10.0.0.0/8:0")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> AllowedNetwork.parse("10.0.0.0/8:70000")).isInstanceOf(ProblemException.class);
    }
}
