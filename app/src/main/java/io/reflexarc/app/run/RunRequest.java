// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.run;

import io.reflexarc.core.activation.ExecutionStrategy;
import io.reflexarc.core.json.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param rulebook its text
 * @param fileName of the rulebook, for messages
 * @param variables a JSON object, decrypted
 * @param secrets plain texts by the vaulted ones that the rulebook holds
 * @param inventory Ansible's: a file or a directory
 * @param project a tarball with playbooks
 * @param controller whether there is a controller that runs job templates
 * @param options how
 */
public record RunRequest(
        String rulebook,
        String fileName,
        JsonText variables,
        Map<String, String> secrets,
        Optional<Path> inventory,
        Optional<Path> project,
        boolean controller,
        Options options) {
    public RunRequest {
        secrets = Map.copyOf(secrets);
    }

    /** A rulebook without variables, run as the command line does when it is told nothing else. */
    public static RunRequest of(String rulebook, String fileName) {
        return new RunRequest(
                rulebook,
                fileName,
                JsonText.EMPTY_OBJECT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Options.DEFAULT);
    }

    /**
     * How to run it.
     *
     * @param strategy for rulesets that do not say
     * @param shutdownDelay how long a graceful shutdown waits that does not say
     * @param heartbeat how often the observer gets statistics; zero for never
     * @param concurrency most actions at a time
     * @param dryRun actions that reach outside are only named
     */
    public record Options(
            ExecutionStrategy strategy, Duration shutdownDelay, Duration heartbeat, int concurrency, boolean dryRun) {
        /** Sequential, 60 s, no heartbeat, 25 actions. */
        public static final Options DEFAULT =
                new Options(ExecutionStrategy.SEQUENTIAL, Duration.ofSeconds(60), Duration.ZERO, 25, false);
    }
}
