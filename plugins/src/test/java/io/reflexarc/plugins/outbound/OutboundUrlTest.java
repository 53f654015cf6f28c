// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reflexarc.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlTest {
    @Test
    void readsWhatACallNeeds() {
        assertThat(OutboundUrl.parse(" https://API.example.com/v1/x%20y?q=1&r=#top "))
                .isEqualTo(new OutboundUrl(true, "api.example.com", 443, "/v1/x%20y?q=1&r="));
        assertThat(OutboundUrl.parse("http://10.0.0.1:8080")).isEqualTo(new OutboundUrl(false, "10.0.0.1", 8080, "/"));
        assertThat(OutboundUrl.parse("http://[2606:4700::1]/"))
                .extracting(OutboundUrl::host)
                .isEqualTo("2606:4700::1");
    }

    @Test
    void showsNoQuery() {
        assertThat(OutboundUrl.parse("https://h.test:8443/a?token=secret")).hasToString("https://h.test:8443/a?…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://0/",
                "http://0x7f.1/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.01/",
                "http://1.2.3.4.5/",
                "http://127.1./",
                "http://host.0x1/",
                "http://ok@127.0.0.1/",
                "http://ok:pw@example.com/",
                "http://[fe80::1%25lo]/",
                "http://\uFF11\uFF12\uFF17.0.0.1/",
                "http://①②⑦.0.0.1/",
                "http://example.com\u3002evil.test/",
                "file:///etc/passwd",
                "gopher://example.com/",
                "jar:http://example.com!/",
                "netdoc:///etc/passwd",
                "ftp://example.com/",
                "//example.com/",
                "example.com",
                "http:///path",
                "http:example.com",
                "http://ex_ample-.com/",
                "http://-a.test/",
                "http://a..test/"
            })
    void refusesFormsThatCouldLeadElsewhere(String url) {
        assertThatThrownBy(() -> OutboundUrl.parse(url))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("egress_denied: the URL ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://exa mple.com/",
                "http://example.com\\@127.0.0.1/",
                "http://example.com:99999/",
                "http://example.com:0/",
                "http://h.test/ü",
                "http://h.test/a\r\nX: y",
                "http://[::1/",
                "http://h.test/%zz"
            })
    void refusesWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> OutboundUrl.parse(url)).isInstanceOf(ProblemException.class);
    }

    @Test
    void readsTheHostThatIsMeant() {
        assertThat(OutboundUrl.parse("http://example.com/#@127.0.0.1/").host()).isEqualTo("example.com");
        assertThat(OutboundUrl.parse("http://example.com/?@127.0.0.1").host()).isEqualTo("example.com");
        assertThat(OutboundUrl.parse("http://localhost./").host()).isEqualTo("localhost");
    }

    @Test
    void resolvesRedirectsAgainstTheCall() {
        OutboundUrl from = OutboundUrl.parse("https://h.test/a/b?c");

        assertThat(from.redirect("/x")).hasToString("https://h.test/x");
        assertThat(from.redirect("x?y").uri()).isEqualTo("/a/x?y");
        assertThat(from.redirect("//other.test/z").host()).isEqualTo("other.test");
        assertThat(from.sameOrigin(from.redirect("/x"))).isTrue();
        assertThat(from.sameOrigin(from.redirect("http://h.test/"))).isFalse();
        assertThatThrownBy(() -> from.redirect("ftp://h.test/")).hasMessageStartingWith("egress_denied");
    }
}
