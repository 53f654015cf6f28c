// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.reflexarc.core.action.ActionQueue.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputRecorderTest {
    @Test
    void showsEveryCharacterOnceAndWhereItStands() {
        OutputRecorder recorder = new OutputRecorder();
        recorder.print("one ");
        recorder.print("two ");

        assertThat(recorder.frame()).contains(new OutputRecorder.Frame(0, "one two "));
        assertThat(recorder.frame()).isEmpty();
        recorder.print("three");
        assertThat(recorder.frame()).contains(new OutputRecorder.Frame(8, "three"));
    }

    @Test
    void showsOnlyTheNewestOfAFlood() {
        OutputRecorder recorder = new OutputRecorder();
        recorder.print("a".repeat(OutputRecorder.FRAME_LIMIT));
        recorder.print("tail");

        OutputRecorder.Frame frame = recorder.frame().orElseThrow();

        assertThat(frame.offset()).isEqualTo(4);
        assertThat(frame.text()).hasSize(OutputRecorder.FRAME_LIMIT).endsWith("atail");
    }

    @Test
    void saysWhatIsNewOnlyOnce() {
        OutputRecorder recorder = new OutputRecorder();
        assertThat(recorder.news()).isEmpty();
        recorder.print("text");
        assertThat(recorder.news()).contains(new Output("text", 4, Optional.empty()));
        assertThat(recorder.news()).isEmpty();
    }

    @Test
    void needsNoFileForAsMuchAsFitsInline() {
        OutputRecorder recorder = new OutputRecorder();
        recorder.print("x".repeat(Output.INLINE_LIMIT));

        assertThat(recorder.close().text()).hasSize(Output.INLINE_LIMIT);
        assertThat(recorder.file()).isEmpty();
    }

    @Test
    void statesInTheOutputThatItWasCut() throws IOException {
        OutputRecorder recorder = new OutputRecorder(100_000);
        for (int i = 0; i < 150; i++) {
            recorder.print("y".repeat(1000));
        }
        Output output = recorder.close();
        Path file = recorder.file().orElseThrow();

        assertThat(output.size()).isEqualTo(150_000);
        assertThat(Files.readString(file))
                .startsWith("y".repeat(100_000))
                .endsWith("[cut here: longer than 100,000 bytes, the rest was not kept]\n")
                .hasSizeLessThan(100_100);
        recorder.discard();
        assertThat(file).doesNotExist();
    }

    @Test
    void splitsNoCharacterAndKeepsNoNul() {
        OutputRecorder recorder = new OutputRecorder();
        recorder.print("z".repeat(Output.INLINE_LIMIT - 1));
        recorder.print("\uD83D\uDE00 and \0");

        assertThat(recorder.close().text()).isEqualTo("z".repeat(Output.INLINE_LIMIT - 1));
        assertThat(recorder.frame().orElseThrow().text()).endsWith("\uD83D\uDE00 and \uFFFD");
        recorder.discard();
    }

    @Test
    void dropsWhatIsPrintedAfterTheEnd() {
        OutputRecorder recorder = new OutputRecorder();
        recorder.close();
        recorder.print("late");

        assertThat(recorder.close()).isEqualTo(Output.NONE);
    }
}
