// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.event.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the secrets of a request out of what came back, for servers that echo. */
final class Masking {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(authorization|cookie|token|secret|password|api-?key|signature|credential).*");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z]+ +");
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    private Masking(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    static Masking of(Map<String, String> headers) {
        List<String> secrets = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).matches()) {
                secrets.add(SCHEME.matcher(value.strip()).replaceFirst(""));
            }
        });
        secrets.removeIf(secret -> secret.length() < SHORTEST);
        secrets.sort(Comparator.comparing(String::length).reversed());
        return new Masking(secrets);
    }

    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secret.MASK);
        }
        return masked;
    }
}
