// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Builds and tests the console with the system's npm. Run by Maven as a single source file: {@code java BuildUi.java
 * <bundle|test> <ui folder> <target folder> <skip>}.
 *
 * <p>Each step leaves a stamp with the hash of what it read, and is skipped while that hash stays the same.
 */
public final class BuildUi {
    private static final int[] OLDEST_NODE = {20, 19};
    private static final List<String> SOURCES = List.of(
            "src", "public", "build/licences.ts", "index.html", "package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite.config.ts",
            "../api/src/main/openapi");
    private static final List<String> CHECKED = Stream.concat(
                    SOURCES.stream(), Stream.of("eslint.config.js", ".prettierrc.json", "e2e", "feel"))
            .toList();
    private static final Set<String> COMPRESSED = Set.of("js", "css", "svg", "html", "txt", "json");

    private final Path ui;
    private final Path target;

    private BuildUi(Path ui, Path target) {
        this.ui = ui;
        this.target = target;
    }

    public static void main(String[] args) throws Exception {
        BuildUi build = new BuildUi(Path.of(args[1]).normalize(), Path.of(args[2]).normalize());
        boolean skip = !args[3].equals("false");
        try {
            switch (args[0]) {
                case "bundle" -> build.bundle(skip);
                case "test" -> build.test(skip);
                default -> throw new Failure("unknown step " + args[0] + ": use bundle or test");
            }
        } catch (Failure failure) {
            System.err.println("[ui] " + failure.getMessage());
            System.exit(1);
        }
    }

    private void bundle(boolean skip) throws Exception {
        Path dist = ui.resolve("dist");
        if (skip) {
            if (Files.exists(dist.resolve("index.html"))) {
                say("ui.skip: packing the existing ui/dist");
                pack(dist);
            } else {
                say("ui.skip: there is no ui/dist, packing a placeholder page");
                placeholder();
            }
            return;
        }
        String sources = hash(SOURCES);
        if (fresh("dist", sources) && Files.exists(dist.resolve("index.html"))) {
            say("bundle is up to date");
        } else {
            requireNode();
            install();
            npm("run", "build");
            stamp("dist", sources);
        }
        if (!fresh("classes", sources) || !Files.exists(target.resolve("classes/ui/index.html"))) {
            pack(dist);
            stamp("classes", sources);
        }
    }

    private void test(boolean skip) throws Exception {
        if (skip) {
            say("ui.skip: tests not run");
            return;
        }
        String sources = hash(CHECKED);
        if (fresh("tested", sources)) {
            say("tests passed before on these sources");
            return;
        }
        requireNode();
        install();
        npm("run", "lint");
        npm("run", "test");
        stamp("tested", sources);
    }

    private void install() throws Exception {
        String lock = hash(List.of("package-lock.json", ".npmrc"));
        if (fresh("npm-ci", lock) && Files.isDirectory(ui.resolve("node_modules"))) {
            return;
        }
        // No package of ours needs an install script, and none may run one.
        npm("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        stamp("npm-ci", lock);
    }

    private void requireNode() throws Exception {
        String version = output("node", "--version")
                .orElseThrow(() -> new Failure("Node is missing. Install it, e.g. `apt-get install nodejs npm`, or build"
                        + " without the console: -Dui.skip"));
        int[] parts = Arrays.stream(version.replaceFirst("^v", "").split("[.-]"))
                .limit(2)
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(parts, OLDEST_NODE) < 0) {
            throw new Failure("Node " + version + " is too old, 20.19 is the oldest that works. Install a newer one, or"
                    + " build without the console: -Dui.skip");
        }
        output(npmName(), "--version")
                .orElseThrow(() -> new Failure("npm is missing. Install it, e.g. `apt-get install npm`, or build without"
                        + " the console: -Dui.skip"));
    }

    /** Copies a bundle to where Maven packs it from, with a compressed sibling of each text. */
    private void pack(Path dist) throws IOException {
        Path classes = target.resolve("classes/ui");
        // Hashed names of an older bundle must not stay in the jar.
        delete(classes);
        for (Path file : files(dist)) {
            Path copy = classes.resolve(dist.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            String name = file.getFileName().toString();
            if (COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1))) {
                try (OutputStream out = new GZIPOutputStream(
                        Files.newOutputStream(copy.resolveSibling(name + ".gz")))) {
                    Files.copy(file, out);
                }
            }
        }
    }

    private void placeholder() throws IOException {
        Path page = target.resolve("classes/ui/index.html");
        delete(page.getParent());
        Files.createDirectories(page.getParent());
        Files.writeString(
                page,
                """
                <!doctype html>
                <html lang="en">
                  <head>
                    <meta charset="utf-8" />
                    <base href="/" />
                    <title>Reflexarc</title>
                  </head>
                  <body>
                    <h1>Reflexarc</h1>
                    <p>This build has no console. The API is here: <a href="./api/eda/v1/openapi.json">OpenAPI document</a>.</p>
                  </body>
                </html>
                """);
    }

    private boolean fresh(String step, String hash) throws IOException {
        Path stamp = stampOf(step);
        return Files.exists(stamp) && Files.readString(stamp).equals(hash);
    }

    private void stamp(String step, String hash) throws IOException {
        Files.createDirectories(target);
        Files.writeString(stampOf(step), hash);
    }

    /** Stamps of what lies in the source folder lie beside it, so that `mvn clean` does not cost a new `npm ci`. */
    private Path stampOf(String step) {
        return switch (step) {
            case "npm-ci" -> ui.resolve("node_modules/.reflexarc-npm-ci");
            case "dist" -> ui.resolve("dist/.stamp");
            default -> target.resolve("." + step + ".stamp");
        };
    }

    private String hash(List<String> names) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String name : names) {
            Path path = ui.resolve(name).normalize();
            if (!Files.exists(path)) {
                continue;
            }
            for (Path file : files(path)) {
                if (file.endsWith("schema.d.ts")) {
                    continue;
                }
                digest.update(ui.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".stamp"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void npm(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(npmName()));
        command.addAll(List.of(arguments));
        say(String.join(" ", command));
        int code = new ProcessBuilder(command).directory(ui.toFile()).inheritIO().start().waitFor();
        if (code != 0) {
            throw new Failure("`" + String.join(" ", command) + "` failed with code " + code + "; its output is above");
        }
    }

    private Optional<String> output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(ui.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            // The program is not there, which is what the caller asks.
            return Optional.empty();
        }
    }

    private static String npmName() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }

    private static void say(String text) {
        System.out.println("[ui] " + text);
    }

    /** Foreseen trouble with its remedy. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }
}
