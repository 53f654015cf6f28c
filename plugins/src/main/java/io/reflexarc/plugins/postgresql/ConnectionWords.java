// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import io.reflexarc.core.event.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to connect, in the words of libpq (PostgreSQL documentation, "Connection Strings"), said to the JDBC driver.
 *
 * @param words by keyword
 * @param keepAlive whether a silent connection is probed
 */
record ConnectionWords(Map<String, String> words, boolean keepAlive) {
    private static final Pattern WORD = Pattern.compile("\\s*(\\w+)\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S*))");
    private static final int DEFAULT_PORT = 5432;

    /** What the driver calls otherwise; those that it has by the same name stand for themselves. */
    private static final Map<String, String> DRIVER = Map.of(
            "user", "user",
            "password", "password",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "sslpassword", "sslpassword",
            "options", "options");

    static ConnectionWords of(Optional<Secret> dsn, Optional<Map<String, Secret>> params, boolean keepAlive) {
        Map<String, String> words = new LinkedHashMap<>();
        dsn.map(Secret::reveal).ifPresent(text -> words.putAll(text.contains("://") ? url(text) : pairs(text)));
        params.ifPresent(map -> map.forEach((key, value) -> words.put(key, value.reveal())));
        return new ConnectionWords(Map.copyOf(words), keepAlive);
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        Matcher matcher = WORD.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted;
            words.put(matcher.group(1), value.replaceAll("\\\\(.)", "$1"));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw PostgresqlSource.wrong("dsn cannot be read from its character " + (end + 1)
                    + " on: write words like host=localhost dbname=mydb");
        }
        return words;
    }

    private static Map<String, String> url(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        try {
            URI url = new URI(text);
            Optional.ofNullable(url.getHost()).ifPresent(host -> words.put("host", host.replaceAll("[\\[\\]]", "")));
            if (url.getPort() > 0) {
                words.put("port", Integer.toString(url.getPort()));
            }
            Optional.ofNullable(url.getRawUserInfo()).ifPresent(info -> {
                String[] parts = info.split(":", 2);
                words.put("user", decoded(parts[0]));
                if (parts.length > 1) {
                    words.put("password", decoded(parts[1]));
                }
            });
            Optional.ofNullable(url.getPath())
                    .filter(path -> path.length() > 1)
                    .ifPresent(path -> words.put("dbname", path.substring(1)));
            for (String pair : Optional.ofNullable(url.getRawQuery()).orElse("").split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2) {
                    words.put(decoded(parts[0]), decoded(parts[1]));
                }
            }
            return words;
        } catch (URISyntaxException e) {
            throw PostgresqlSource.wrong("dsn is no URL: write postgresql://user:password@host:port/database");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The servers, each tried in order. */
    List<Address> addresses() {
        String[] hosts = words.getOrDefault("hostaddr", words.getOrDefault("host", "localhost"))
                .split(",", -1);
        String[] ports =
                words.getOrDefault("port", Integer.toString(DEFAULT_PORT)).split(",", -1);
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            String port = ports.length == hosts.length ? ports[i] : ports[0];
            try {
                addresses.add(
                        new Address(hosts[i].strip(), port.isBlank() ? DEFAULT_PORT : Integer.parseInt(port.strip())));
            } catch (NumberFormatException e) {
                throw PostgresqlSource.wrong("the port of PostgreSQL must be a number");
            }
        }
        return addresses;
    }

    /** Without secrets. */
    String shown() {
        return String.join(", ", addresses().stream().map(Address::toString).toList());
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        words.forEach((word, value) ->
                Optional.ofNullable(DRIVER.get(word)).ifPresent(name -> properties.setProperty(name, value)));
        properties.setProperty("tcpKeepAlive", Boolean.toString(keepAlive));
        String database = words.getOrDefault("dbname", words.getOrDefault("user", ""));
        String servers = shown().replace(" ", "");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + servers + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8), properties);
    }

    /** Where a server listens. */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
