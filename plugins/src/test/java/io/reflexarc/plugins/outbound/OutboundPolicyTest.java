// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0a00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void refusesEveryAddressThatIsNotPublic(String address) {
        assertThatThrownBy(() -> check(OutboundPolicy.PUBLIC_ONLY, "host.test", address))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.type()).isEqualTo(ProblemType.FORBIDDEN);
                    assertThat(refusal.detail()).startsWith("egress_denied: host.test has the address");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1"
            })
    void allowsPublicAddresses(String address) {
        assertThatCode(() -> check(OutboundPolicy.PUBLIC_ONLY, "host.test", address))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesANameWhenOneOfItsAddressesIsForbidden() {
        assertThatThrownBy(() -> check(OutboundPolicy.PUBLIC_ONLY, "host.test", "1.1.1.1", "127.0.0.1"))
                .hasMessageContaining("127.0.0.1, which is loopback (127.0.0.0/8)");
    }

    @Test
    void allowsNetworksThatWereNamedAndNothingBeside() {
        OutboundPolicy policy = OutboundPolicy.PUBLIC_ONLY.allowing("10.1.0.0/16", "fd00:1::/32");

        assertThatCode(() -> check(policy, "h", "10.1.2.3", "fd00:1::9")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(policy, "h", "10.2.0.1")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> check(policy, "h", "fd00:2::1")).isInstanceOf(ProblemException.class);
        assertThatCode(() -> check(OutboundPolicy.PUBLIC_ONLY.allowingLoopback(), "localhost", "127.0.0.1", "::1"))
                .doesNotThrowAnyException();
    }

    @Test
    void keepsToTheHostPatternsBesideTheNetworks() {
        OutboundPolicy policy = new OutboundPolicy(List.of(), List.of("*.Example.com", "api.test"));

        assertThatCode(() -> check(policy, "a.b.example.com", "1.1.1.1")).doesNotThrowAnyException();
        assertThatCode(() -> check(policy, "api.test", "1.1.1.1")).doesNotThrowAnyException();
        for (String other : List.of("example.com", "evilexample.com", "api.test.evil.com", "x.api.test")) {
            assertThatThrownBy(() -> check(policy, other, "1.1.1.1"))
                    .hasMessageContaining("not among the allowed hosts");
        }
        assertThatThrownBy(() -> check(policy, "api.test", "127.0.0.1")).hasMessageContaining("loopback");
    }

    @Test
    void readsNetworksAndRefusesWhatIsNone() {
        assertThat(IpNetwork.parse("192.0.2.7")).hasToString("192.0.2.7/32");
        assertThat(IpNetwork.parse("0.0.0.0/0").contains(address("255.1.2.3"))).isTrue();
        assertThat(IpNetwork.parse("128.0.0.0/1").contains(address("127.0.0.1")))
                .isFalse();
        for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/x", "", "::/129", "a.b")) {
            assertThatThrownBy(() -> IpNetwork.parse(wrong)).isInstanceOf(ProblemException.class);
        }
    }

    private static void check(OutboundPolicy policy, String host, String... addresses) {
        List<InetAddress> parsed = new ArrayList<>();
        for (String address : addresses) {
            parsed.add(address(address));
        }
        policy.check(host, 443, parsed);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
