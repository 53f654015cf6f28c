// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.action.Resources;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.source.Filter;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceCatalogue;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.core.source.SourceTime;
import io.reflexarc.plugins.SourceStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the plain Python of the machine. */
class PythonPluginsIT {
    @TempDir
    private Path directory;

    private final SourceStage stage =
            new SourceStage(SourceTime.of(InstantSource.system()), Path.of("/"), Resources.NONE);

    private PythonPlugins plugins = new PythonPlugins(new PythonConfig("", List.of(), List.of(), List.of(), Map.of()));

    private PythonConfig config(String python) {
        List<Path> roots = List.of(directory);
        return new PythonConfig(
                python, roots, roots, roots, Map.of("PATH", System.getenv("PATH"), "GREETING", "hello"));
    }

    @BeforeEach
    void useDirectory() {
        plugins = new PythonPlugins(config("python3"));
    }

    private void write(String file, String code) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(Optional.ofNullable(path.getParent()).orElseThrow());
        Files.writeString(path, code);
    }

    private Source source(String name, String arguments) {
        return new SourceCatalogue(List.of(), plugins).decode(name, JsonText.ofString(arguments.replace('\'', '"')));
    }

    private Filter filter(String name, String arguments) {
        return new FilterCatalogue(List.of(), plugins).decode(name, JsonText.ofString(arguments.replace('\'', '"')));
    }

    private Optional<Exception> play(String code, String arguments) throws Exception {
        write("plug.py", code);
        return stage.play(source("plug", arguments)).end().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aSourceRunsUnmodified() throws Exception {
        Optional<Exception> end = play("""
                import asyncio, os, sys
                from typing import Any

                async def main(queue: asyncio.Queue, args: dict[str, Any]) -> None:
                    print("this goes to the log")
                    for i in range(args["n"]):
                        await queue.put({"i": i, "greeting": os.environ["GREETING"], 5: sys.stdin.read()})
                    await queue.put([{"list": 1}, {"list": 2}])
                    await queue.put([])
                """, "{'n':2}");
        assertThat(end).isEmpty();
        assertThat(stage.events())
                .containsExactly(
                        "{\"i\":0,\"greeting\":\"hello\",\"5\":\"\"}",
                        "{\"i\":1,\"greeting\":\"hello\",\"5\":\"\"}",
                        "{\"list\":1}",
                        "{\"list\":2}");
    }

    @Test
    void anExceptionEndsItWithItsTypeAndMessage() throws Exception {
        assertThat(play("async def main(queue, args):\n    raise ValueError('no such thing')\n", "{}"))
                .hasValueSatisfying(e -> assertThat(e).hasMessage("ValueError: no such thing"));
        assertThat(play("def main(queue, args):\n    pass\n", "{}"))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("must be declared with async def"));
        assertThat(play("x = 1\n", "{}"))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("has no function main"));
        assertThat(play("async def main(queue, args):\n    await queue.put('text')\n", "{}"))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("must be a dict, not str"));
        assertThat(play("import os\nasync def main(queue, args):\n    os._exit(7)\n", "{}"))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("has ended with code 7"));
        assertThat(stage.events()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsDroppedAndTheSourceGoesOn() throws Exception {
        assertThat(play("""
                        import datetime
                        async def main(queue, args):
                            await queue.put({"t": datetime.datetime.now()})
                            await queue.put([{"n": float("nan")}, {"ok": 1}])
                        """, "{}")).isEmpty();
        assertThat(stage.events()).containsExactly("{\"ok\":1}");
    }

    @Test
    void aPutWaitsUntilTheEventIsAccepted() throws Exception {
        write("plug.py", """
                import asyncio
                async def main(queue, args):
                    queue.put_nowait({"n": 1})
                    try:
                        queue.put_nowait({"n": 2})
                    except asyncio.QueueFull:
                        await queue.put({"full": queue.full()})
                    await asyncio.gather(queue.put({"n": 3}), queue.put({"n": 4}))
                """);
        Semaphore room = new Semaphore(0);
        SourceStage slow = new SourceStage(SourceTime.of(InstantSource.system()), Path.of("/"), Resources.NONE) {
            @Override
            public void emit(List<SourceEvent> events) {
                super.emit(events);
                room.acquireUninterruptibly();
            }
        };
        SourceStage.Playing playing = slow.play(source("plug", "{}"));
        assertThat(slow.next().toString()).isEqualTo("{\"n\":1}");
        assertThat(slow.events()).hasSize(1);
        room.release(4);
        assertThat(playing.end().get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(slow.events()).containsExactly("{\"n\":1}", "{\"full\":true}", "{\"n\":3}", "{\"n\":4}");
    }

    @Test
    void aStopEndsTheSourceAndAllThatItStarted() throws Exception {
        write("plug.py", """
                import asyncio, signal, subprocess, sys
                async def main(queue, args):
                    child = subprocess.Popen(["sleep", "1000"])
                    try:
                        await queue.put({"child": child.pid})
                        await asyncio.sleep(1000)
                    finally:
                        await queue.put({"tidied": True})
                """);
        SourceStage.Playing playing = stage.play(source("plug", "{}"));
        long child = stage.next().path("child").longValue();
        ProcessHandle sleeping = ProcessHandle.of(child).orElseThrow();
        assertThat(playing.stop()).containsInstanceOf(InterruptedException.class);
        sleeping.onExit().get(60, TimeUnit.SECONDS);
        assertThat(sleeping.isAlive()).isFalse();
    }

    @Test
    void pluginsAreFoundInCollectionsAndAsModules() throws Exception {
        String code = "async def main(queue, args):\n    await queue.put({'found': __file__.rsplit('/', 1)[1]})\n";
        write("ansible_collections/my/own/extensions/eda/plugins/event_source/plug.py", code);
        write("ansible_collections/my/own/plugins/event_source/older.py", code);
        for (String name : List.of("my.own.plug", "my.own.older")) {
            assertThat(stage.play(source(name, "{}")).end().get(60, TimeUnit.SECONDS))
                    .isEmpty();
        }
        assertThat(stage.events()).containsExactly("{\"found\":\"plug.py\"}", "{\"found\":\"older.py\"}");
        assertThat(source("asyncio.queues", "{}").toString()).contains("queues.py");
        for (String name : List.of("my.own.none", "eda.builtin.none", "json", "../../etc/passwd")) {
            assertThatThrownBy(() -> source(name, "{}")).hasMessageContaining("could not find the source plugin");
        }
    }

    @Test
    void withoutPythonItIsSaidPlainly() throws Exception {
        write("plug.py", "async def main(queue, args):\n    pass\n");
        plugins = new PythonPlugins(config("/nowhere/python3"));
        assertThat(stage.play(source("plug", "{}")).end().get(60, TimeUnit.SECONDS))
                .hasValueSatisfying(e -> assertThat(e).hasMessageContaining("/nowhere/python3 cannot be started"));
        assertThatThrownBy(() -> source("ansible.eda.journald", "{}"))
                .hasMessageContaining("install the Ansible collection");
    }

    @Test
    void aFilterRunsUnmodified() throws Exception {
        write("sift.py", """
                def main(event, keep, times=1):
                    if event.get("bad"):
                        raise KeyError("bad")
                    return [{"k": event[keep]}] * times if keep in event else []
                """);
        Filter filter = filter("sift", "{'keep':'a','times':2}");
        assertThat(filter.pure()).isFalse();
        assertThat(applied(filter, "{\"a\":1}")).containsExactly("{\"k\":1}", "{\"k\":1}");
        assertThat(applied(filter, "{\"b\":1}")).isEmpty();
        assertThatThrownBy(() -> applied(filter, "{\"bad\":1}")).hasMessage("the filter sift failed: KeyError: 'bad'");
        ((AutoCloseable) filter).close();
        Filter wrong = filter("sift", "{'other':'a'}");
        assertThatThrownBy(() -> applied(wrong, "{\"a\":1}")).hasMessageContaining("unexpected keyword argument");
        ((AutoCloseable) wrong).close();
    }

    private static List<String> applied(Filter filter, String event) {
        return filter.apply((ObjectNode) JsonText.ofString(event).tree()).stream()
                .map(ObjectNode::toString)
                .toList();
    }
}
