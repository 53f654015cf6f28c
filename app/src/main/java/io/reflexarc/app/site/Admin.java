// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.api.auth.Passwords;
import io.reflexarc.app.embedded.DataDirectory;
import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
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
    private static final String NAME = "admin";
    private static final String FILE = "admin.json";

    /** Creates the user with a random password unless there is one. */
    public static Future<Admin> ensure(AccountStore accounts, DataDirectory data) {
        return accounts.find(NAME)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(new Admin(data.file(FILE), Optional.empty()))
                        : create(accounts, data));
    }

    /** Gives the user a new random password; whoever is logged in as admin is logged out. */
    public static Future<Admin> reset(AccountStore accounts, DataDirectory data) {
        String password = Tokens.random();
        return accounts.find(NAME)
                .compose(found -> found.isPresent()
                        ? accounts.password(found.get().id(), new Passwords(new SecureRandom()).hash(password)).map(done -> write(data, password))
                        : create(accounts, data));
    }

    private static Future<Admin> create(AccountStore accounts, DataDirectory data) {
        String password = Tokens.random();
        Future<User> created = accounts.create(NAME, Role.ADMIN, new Passwords(new SecureRandom()).hash(password));
        return created.map(user -> write(data, password));
    }

    private static Admin write(DataDirectory data, String password) {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("username", NAME);
        content.put("password", password);
        Path file = data.write(FILE, JsonText.of(content).toString());
        return new Admin(file, Optional.of(password));
    }

}
