// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the servers of a data directory listen while they run, for a program beside the one that started them.
 *
 * @param postgres port of PostgreSQL
 * @param redis port of Redis
 * @param s3 the S3 store
 */
public record Endpoints(int postgres, int redis, URI s3) {
    private static final String FILE = "endpoints.json";

    static Endpoints of(EmbeddedServers servers) {
        return new Endpoints(servers.postgresPort(), servers.redisPort(), servers.s3Endpoint());
    }

    void write(DataDirectory data) {
        data.write(FILE, JsonText.of(this).toString());
    }

    /** Of the servers that run on this directory. */
    public static Endpoints read(Path data) {
        return JsonText.ofString(text(data, FILE)).as(Endpoints.class);
    }

    /** A secret of this directory. */
    public static Secret secret(Path data, String name) {
        return new Secret(text(data, "secrets/" + name));
    }

    private static String text(Path data, String name) {
        try {
            return Files.readString(data.resolve(name));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The data directory " + data + " does not say where its servers are: " + name
                            + " cannot be read. Start reflexarc up of this version on it.",
                    e);
        }
    }

    /** User and database of PostgreSQL. */
    public String postgresUser() {
        return EmbeddedPostgresql.USER;
    }

    /** Access key of the S3 store. */
    public String s3AccessKey() {
        return EmbeddedS3.ACCESS_KEY;
    }
}
