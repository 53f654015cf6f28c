// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.event.Secret;
import java.net.URI;

/**
 * Where artifacts are kept.
 *
 * @param endpoint address of the S3 interface
 * @param region as the service wants it, e.g. {@code us-east-1}
 * @param bucket made when it does not exist
 * @param accessKey who we are
 * @param secretKey proves it
 */
public record S3Config(URI endpoint, String region, String bucket, String accessKey, Secret secretKey) {}
