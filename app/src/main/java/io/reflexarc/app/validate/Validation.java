// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.problem.UnreadableFile;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.lint.Finding;
import io.reflexarc.rulebooks.lint.Linter;
import io.reflexarc.rulebooks.lint.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads rulebooks from files and folders and lints each. */
public final class Validation {
    /** Of the YAML files in a folder these are taken for rulebooks: lists with rules or sources. A file that is named is one. */
    private static final Pattern LIST = Pattern.compile("\\A(?:\\s*(?:#.*)?\\R|---.*\\R|%.*\\R)*+\\s*-\\s");

    private static final Pattern RULEBOOK = Pattern.compile("(?m)^\\s*(-\\s+)?(rules|sources)\\s*:");

    private final Linter linter = new Linter(
            new RulebookParser(ActionCatalogue.installed().names(), new Templates()::text), KnownNames.installed());

    /**
     * What the linter says of every rulebook there.
     *
     * @param variables empty when nobody knows yet which variables there will be
     * @throws ProblemException {@code NOT_FOUND} when one of the places cannot be read
     */
    public ValidationReport run(List<Path> places, Optional<JsonText> variables) {
        List<ValidationReport.Checked> checked = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                check(file, file.equals(place), variables).ifPresent(checked::add);
            }
        }
        if (checked.isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "there is no rulebook in "
                            + places.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return new ValidationReport(checked);
    }

    /** One file that cannot be read does not keep the others of its folder from being checked. */
    private Optional<ValidationReport.Checked> check(Path file, boolean named, Optional<JsonText> variables) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            String sentence = UnreadableFile.sentence(file, e);
            if (named) {
                throw new ProblemException(ProblemType.NOT_FOUND, sentence, e);
            }
            Finding finding = Finding.whole(Severity.ERROR, "unreadable-file", sentence);
            return Optional.of(new ValidationReport.Checked(file.toString(), List.of(finding)));
        }
        return named || isRulebook(text)
                ? Optional.of(new ValidationReport.Checked(file.toString(), linter.lint(text, variables)))
                : Optional.empty();
    }

    private static boolean isRulebook(String text) {
        return LIST.matcher(text).find() && RULEBOOK.matcher(text).find();
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, place + " cannot be read", e);
        }
    }
}
