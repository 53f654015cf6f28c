// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.problem;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file that a person named could not be read, in words instead of the name of an exception. */
public final class UnreadableFile {
    private UnreadableFile() {}

    /** The file and the reason, as a sentence. */
    public static String sentence(Path file, IOException cause) {
        if (Files.isDirectory(file)) {
            return file + " cannot be read: it is a folder";
        }
        return switch (cause) {
            case CharacterCodingException e -> file + " is not text in UTF-8";
            case NoSuchFileException e -> file + " cannot be read: there is no such file";
            case AccessDeniedException e -> file + " cannot be read: permission is denied";
            default -> file + " cannot be read: " + cause.getMessage();
        };
    }
}
