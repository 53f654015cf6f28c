// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.file;

import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tells what happens in a directory: {@code {change, src_path, type, root_path}} with {@code change} one of created, deleted,
 * modified, moved.
 *
 * @param path the directory
 * @param recursive whether the directories in it are watched too
 * @param ignoreRegexes changes of paths that begin as one of these are left out; case does not matter
 */
@Source.Name({"ansible.eda.file_watch", "community.eda.file_watch"})
public record FileWatch(Optional<String> path, Optional<Boolean> recursive, Optional<List<String>> ignoreRegexes)
        implements FileSource {
    public FileWatch {
        if (path.isEmpty()) {
            throw FileSource.wrong("path is missing: write the directory to watch");
        }
        if (recursive.isEmpty()) {
            throw FileSource.wrong("recursive is missing: write whether the directories in it are watched too");
        }
        patterns(ignoreRegexes);
    }

    private static List<Pattern> patterns(Optional<List<String>> regexes) {
        List<Pattern> patterns = new ArrayList<>();
        for (String regex : regexes.orElse(List.of())) {
            try {
                patterns.add(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
            } catch (PatternSyntaxException e) {
                throw FileSource.wrong("ignore_regexes: \"" + regex + "\" is no regular expression: "
                        + e.getDescription() + " near index " + e.getIndex());
            }
        }
        return patterns;
    }

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        Path root = context.file(path.orElseThrow());
        if (!Files.isDirectory(root)) {
            throw FileSource.wrong("the path " + path.orElseThrow() + " is no directory that can be watched");
        }
        new TreeWatch(context, root, path.orElseThrow(), recursive.orElse(false), patterns(ignoreRegexes)).run();
    }
}
