// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import io.reflexarc.core.source.SourceEvent;
import io.reflexarc.core.source.YamlReading;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits what stands in YAML files, a mapping or a list of mappings, at the beginning and whenever a file has other content.
 *
 * @param files paths
 */
@Source.Name({"ansible.eda.file", "community.eda.file"})
public record FileFacts(Optional<List<String>> files) implements FileSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(FileFacts.class);

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        Map<Path, String> contents = new LinkedHashMap<>();
        for (String file : files.orElse(List.of())) {
            contents.put(context.file(file).toAbsolutePath(), "");
        }
        if (contents.isEmpty()) {
            return;
        }
        Set<Path> directories = new HashSet<>();
        contents.keySet().forEach(file -> directories.add(file.resolveSibling("")));
        try (DirectoryWatch watch = DirectoryWatch.of(directories)) {
            for (Path file : contents.keySet()) {
                String content = read(file);
                contents.put(file, content);
                context.emit(events(context, file, content));
            }
            while (true) {
                watch.await(context);
                for (Path file : contents.keySet()) {
                    change(context, file, contents);
                }
            }
        }
    }

    /** A file that is away, half written or wrong is looked at again with its next change. */
    private static void change(SourceContext context, Path file, Map<Path, String> contents)
            throws InterruptedException {
        try {
            String content = Files.exists(file) ? read(file) : "";
            if (!content.equals(contents.put(file, content))) {
                context.emit(events(context, file, content));
            }
        } catch (IOException | ProblemException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getMessage())
                    .log("a file has changed and cannot be read as events");
        }
    }

    private static String read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw FileSource.wrong("the file " + file + " cannot be read: check path and permissions");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw FileSource.wrong("the file " + file + " is no text in UTF-8");
        }
    }

    private static List<SourceEvent> events(SourceContext context, Path file, String content) {
        JsonNode root = context.resource(YamlReading.class).read(content, file.toString());
        List<SourceEvent> events = new ArrayList<>();
        for (JsonNode item : root.isArray() ? root : root.isNull() ? List.<JsonNode>of() : List.of(root)) {
            if (!(item instanceof ObjectNode event)) {
                throw FileSource.wrong("the file " + file + " must hold a mapping or a list of mappings");
            }
            events.add(SourceEvent.of(event));
        }
        return events;
    }
}
