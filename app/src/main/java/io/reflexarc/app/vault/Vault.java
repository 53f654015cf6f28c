// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens texts that {@code ansible-vault} has closed, each once. Neither secrets nor opened texts are logged or put into
 * messages.
 */
public final class Vault {
    private static final String HEADER = "$ANSIBLE_VAULT";
    private static final long PATIENCE_SECONDS = 30;

    private final Optional<List<String>> command;
    private final Map<String, String> environment;
    private final Map<String, String> opened = new LinkedHashMap<>();

    /**
     * A vault whose keys are given by these options of {@code ansible-vault decrypt}; without any it opens nothing.
     *
     * @param environment of the program
     */
    public Vault(List<String> options, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        if (options.isEmpty()) {
            this.command = Optional.empty();
        } else {
            List<String> words = new ArrayList<>(List.of("ansible-vault", "decrypt"));
            words.addAll(options);
            this.command = Optional.of(List.copyOf(words));
        }
    }

    /** Whether a text holds something closed. */
    public static boolean isClosed(String text) {
        return text.contains(HEADER);
    }

    /** The value with every closed text in it opened. */
    public JsonNode open(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING ->
                isClosed(value.textValue()) ? JsonNodeFactory.instance.textNode(open(value.textValue())) : value;
            case ARRAY -> {
                var list = JsonNodeFactory.instance.arrayNode(value.size());
                value.forEach(item -> list.add(open(item)));
                yield list;
            }
            case OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                value.properties().forEach(field -> object.set(field.getKey(), open(field.getValue())));
                yield object;
            }
            default -> value;
        };
    }

    /** A JSON document with every closed text in it opened. */
    public JsonText open(JsonText document) {
        return isClosed(document.toString()) ? JsonText.of(open(document.tree())) : document;
    }

    /** Everything that was opened so far: plain texts by closed ones. */
    public Map<String, String> opened() {
        return Map.copyOf(opened);
    }

    private String open(String closed) {
        String known = opened.get(closed);
        if (known == null) {
            known = decrypt(closed);
            opened.put(closed, known);
        }
        return known;
    }

    private String decrypt(String closed) {
        List<String> words = command.orElseThrow(() -> cannot(
                "No vault secrets were provided: give" + " --vault-password-file, --vault-id or --ask-vault-pass"));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> out = reading(process, true);
            CompletableFuture<String> err = reading(process, false);
            try (OutputStream in = process.getOutputStream()) {
                in.write(closed.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw cannot("ansible-vault did not answer within " + PATIENCE_SECONDS + " s");
            }
            String text = out.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (process.exitValue() != 0) {
                throw cannot(err.get(PATIENCE_SECONDS, TimeUnit.SECONDS).strip());
            }
            return text.replaceFirst("\n+$", "");
        } catch (IOException e) {
            throw cannot("the program ansible-vault could not be run; install it (pip install ansible-core): "
                    + e.getMessage());
        } catch (ExecutionException | TimeoutException e) {
            throw cannot("ansible-vault could not be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannot("interrupted");
        }
    }

    private static CompletableFuture<String> reading(Process process, boolean out) {
        CompletableFuture<String> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (var stream = out ? process.getInputStream() : process.getErrorStream()) {
                read.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        return read;
    }

    private static ProblemException cannot(String why) {
        return new ProblemException(ProblemType.INVALID, "a vaulted text cannot be opened: " + why);
    }
}
