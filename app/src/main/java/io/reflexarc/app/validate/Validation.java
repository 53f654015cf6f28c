// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.validate;

import io.reflexarc.core.action.ActionCatalogue;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.engine.template.Templates;
import io.reflexarc.rulebooks.RulebookParser;
import io.reflexarc.rulebooks.lint.Linter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
                String text = read(file);
                if (file.equals(place) || isRulebook(text)) {
                    checked.add(new ValidationReport.Checked(file.toString(), linter.lint(text, variables)));
                }
            }
        }
        if (checked.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no rulebook in " + places);
        }
        return new ValidationReport(checked);
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, file + " is not text in UTF-8", e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, file + " cannot be read: is it there?", e);
        }
    }
}
