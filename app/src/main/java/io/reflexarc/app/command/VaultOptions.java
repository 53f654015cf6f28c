// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How vaulted texts are opened. */
final class VaultOptions {
    @Option(
            names = "--vault-password-file",
            paramLabel = "FILE",
            defaultValue = "${env:EDA_VAULT_PASSWORD_FILE:-}",
            description = "file with one vault password (env EDA_VAULT_PASSWORD_FILE)")
    String passwordFile = "";

    @Option(
            names = "--vault-id",
            paramLabel = "LABEL@FILE",
            description = "label and file of a vault password; may be given several times")
    List<String> ids = new ArrayList<>();

    @Option(names = "--ask-vault-pass", description = "ask for the vault password")
    boolean ask;
}
