// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.api.auth.Passwords;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first user of a site.
 *
 * @param file JSON with {@code username} and {@code password}, readable by its owner only
 * @param freshPassword the password, when it was made just now and should be shown
 */
public record Admin(Path file, Optional<String> freshPassword) {
    /** Name of the user. */
    public static final String NAME = "admin";

    private static final String FILE = "admin.json";

    /** Creates the user with a random password, kept in the data directory, unless there is one. */
    public static Future<Admin> ensure(AccountStore accounts, DataDirectory data) {
        return accounts.find(NAME)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(new Admin(data.file(FILE), Optional.empty()))
                        : reset(accounts).map(password -> new Admin(write(data, password), Optional.of(password))));
    }

    /** Gives the user a new random password and ends its log-ins; creates it where there is none. Answers the password. */
    public static Future<String> reset(AccountStore accounts) {
        String password = Tokens.random();
        String hash = new Passwords(new SecureRandom()).hash(password);
        return accounts.find(NAME)
                .compose(found -> found.isPresent()
                        ? accounts.password(found.get().id(), hash)
                        : accounts.create(NAME, Role.ADMIN, hash).<Void>mapEmpty())
                .map(done -> password);
    }

    /** Keeps the password where only the owner of the data directory can read it. */
    public static Path write(DataDirectory data, String password) {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("username", NAME);
        content.put("password", password);
        return data.write(FILE, JsonText.of(content).toString());
    }
}
