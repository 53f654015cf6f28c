// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostsTest {
    @Test
    void joinsHostsHoweverTheyAreWritten() {
        assertThat(Hosts.limit(List.of("web1,web2", "db1"))).isEqualTo("web1,web2,db1");
        assertThat(Hosts.limit(List.of("web1, web2"))).isEqualTo("web1,web2");
        assertThat(Hosts.limit(List.of("all"))).isEqualTo("all");
    }

    @Test
    void refusesWhatAnsibleWouldReadAsAnOptionOrAFile() {
        for (String host : List.of("@/etc/passwd", "-i", "", "web1,", "web1,--extra-vars=x", "a b")) {
            assertThatThrownBy(() -> Hosts.limit(List.of(host))).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> Hosts.limit(List.of())).hasMessageContaining("no hosts");
    }
}
