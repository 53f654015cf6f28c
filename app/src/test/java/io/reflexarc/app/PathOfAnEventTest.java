// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The document of the path of an event is made of the first sentences of the classes on it, so it cannot drift. After a
 * change: {@code mvn -pl app -am test -Dtest=PathOfAnEventTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update}.
 */
final class PathOfAnEventTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/path-of-an-event.md");
    private static final Pattern STEP = Pattern.compile(
            "/\\*\\*[\\s*]*Step (\\d+) of the path of an event(?:, [^:]+)?: (.*?)(?:[.;:](?=\\s)|\\*/)",
            Pattern.DOTALL);
    private static final int BEFORE_THE_SCREEN = 13;

    @Test
    void theDocumentSaysWhatTheClassesSay() throws IOException {
        List<Step> steps = steps();
        String wanted = document(steps);
        if (System.getProperty("golden.update") != null) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(wanted);
        assertThat(steps.stream().map(Step::number).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, BEFORE_THE_SCREEN).boxed().toList());
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(PathOfAnEventTest::isMainSource).toList()) {
                Matcher matcher = STEP.matcher(Files.readString(file));
                if (matcher.find()) {
                    String sentence = matcher.group(2)
                            .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                            .replaceAll("\\{@\\w+ ([^}]+)}", "$1");
                    String name = file.getFileName().toString().replace(".java", "");
                    String module = ROOT.relativize(file).getName(0).toString();
                    steps.add(new Step(Integer.parseInt(matcher.group(1)), name, module, sentence.strip()));
                }
            }
        }
        steps.sort(Comparator.comparingInt(Step::number)
                .thenComparing(Step::module)
                .thenComparing(Step::name));
        return steps;
    }

    private static boolean isMainSource(Path file) {
        return file.toString().contains("/src/main/java/") && file.toString().endsWith(".java");
    }

    private static String document(List<Step> steps) {
        StringBuilder text = new StringBuilder(
                "# The path of an event, class by class\n\nMade from the classes' own first sentences. Drawn: [architecture.md](architecture.md).\n\n"
                        + "| step | class | module | what it is |\n|---|---|---|---|\n");
        steps.forEach(step -> text.append("| %d | `%s` | %s | %s |\n"
                .formatted(step.number, step.name, step.module, step.sentence.replace("|", "\\|"))));
        return text.append("| 14 | the console | ui | shows snapshots and deltas, at most four times a second |\n")
                .toString();
    }

    private record Step(int number, String name, String module, String sentence) {}
}
