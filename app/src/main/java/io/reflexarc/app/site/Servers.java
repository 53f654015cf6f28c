// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.site;

import io.reflexarc.app.config.AppConfig;
import io.reflexarc.eventstream.redis.RedisConfig;
import io.reflexarc.store.PostgresConfig;
import io.reflexarc.store.S3Config;
import java.util.Optional;

/**
 * Where a site keeps everything.
 *
 * @param postgres state
 * @param redis the event log
 * @param s3 artifacts
 */
public record Servers(PostgresConfig postgres, RedisConfig redis, S3Config s3) {
    static final String KEY_PREFIX = "reflexarc:";

    /** As configured. */
    public static Servers of(AppConfig config) {
        var postgres = config.postgres();
        var redis = config.redis();
        var s3 = config.s3();
        return new Servers(
                new PostgresConfig(
                        postgres.host(),
                        postgres.port(),
                        postgres.database(),
                        postgres.user(),
                        postgres.password(),
                        postgres.poolSize()),
                new RedisConfig(
                        redis.host(), redis.port(), Optional.empty(), redis.password(), redis.tls(), 0, KEY_PREFIX),
                new S3Config(s3.endpoint(), s3.region(), s3.bucket(), s3.accessKey(), s3.secretKey()));
    }
}
