// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.command;

import io.reflexarc.app.site.Admin;
import io.reflexarc.core.json.JsonText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflexarc reset-admin}: a new password for admin, or the first one of a site. */
@Command(
        name = "reset-admin",
        description = {
            "Gives admin a new random password and ends its log-ins; makes the user where there is none.",
            "Stop `reflexarc up` first, or name a site of your own servers with --config."
        },
        mixinStandardHelpOptions = true)
final class ResetAdminCommand implements Callable<Integer> {
    @Mixin
    private WhichSite where = new WhichSite();

    @Option(names = "--output", converter = Output.Converter.class, description = "text or json (default: text)")
    private Output output = Output.TEXT;

    @Override
    public Integer call() throws Exception {
        return where.with((site, directory) -> {
            String password = Running.await(Admin.reset(site.store().accounts()));
            Optional<Path> kept =
                    directory.isPresent() ? Optional.of(Admin.write(directory.get(), password)) : Optional.empty();
            print(password, kept);
            return 0;
        });
    }

    private void print(String password, Optional<Path> kept) {
        switch (output) {
            case TEXT ->
                System.out.println("admin has the password " + password
                        + kept.map(path -> "   (also in " + path + ")").orElse(""));
            case JSON -> {
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put("username", Admin.NAME);
                facts.put("password", password);
                kept.ifPresent(path -> facts.put("admin_credentials_file", path.toString()));
                System.out.println(JsonText.of(facts));
            }
        }
    }
}
