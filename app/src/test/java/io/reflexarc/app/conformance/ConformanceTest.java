// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reflexarc.core.problem.ProblemException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceTest {
    private static final double FLOOR = 0.995;

    @TempDir
    private Path folder;

    private static ConformanceReport few() throws Exception {
        return new Conformance(Optional.empty()).run(List.of(resource("few.jsonl")));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(ConformanceTest.class.getResource(name)).toURI());
    }

    @Test
    void countsWhatAgreesAndShowsWhatDoesNot() throws Exception {
        ConformanceReport report = few();

        assertThat(report.passed()).isEqualTo(3);
        assertThat(report.failed()).isOne();
        assertThat(report.text()).contains("""
                        FAILED ours/differs
                          expected nothing
                          found    0 ms, e0: doors / open {m=e0}
                        """).endsWith("3 passed, 1 failed\n");
    }

    @Test
    void reportsQuirksApartAndNamesThoseThatAreNotIntended() throws Exception {
        assertThat(few().text())
                .contains("DIFFERS other/unnamed (Q-never-heard-of)")
                .doesNotContain("DIFFERS other/doubled")
                .contains("quirks of the original: reproduced 0, intended differences 1, neither 1");
    }

    @Test
    void writesJunitForBuildServers() throws Exception {
        Path file = folder.resolve("report.xml");

        JunitReport.write(few(), file);

        assertThat(Files.readString(file))
                .contains("tests=\"6\" failures=\"1\" skipped=\"2\"")
                .contains("name=\"ours/differs\"><failure");
    }

    @Test
    void namesTheLineThatIsNoCase() throws Exception {
        Path file = Files.writeString(folder.resolve("cases.jsonl"), "\n{\"id\": \"a/1\"}\n");

        assertThatThrownBy(() -> new Conformance(Optional.empty()).run(List.of(folder)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file + ":2");
    }

    @Test
    void decidesAsTheOriginalWasSeenToDecide() throws Exception {
        String cases = System.getProperty("reflexarc.conformance", "");
        assumeTrue(!cases.isEmpty(), "needs the recorded verdicts: -Dreflexarc.conformance=DIR");

        ConformanceReport report = new Conformance(Optional.empty()).run(List.of(Path.of(cases)));

        System.out.println(report.text());
        assertThat(report.passed()).isPositive();
        assertThat((double) report.passed() / (report.passed() + report.failed()))
                .as("share of verdicts that agree")
                .isGreaterThanOrEqualTo(FLOOR);
    }
}
