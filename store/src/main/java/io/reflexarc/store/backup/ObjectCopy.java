// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.store.S3Config;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket, one after the other. */
public final class ObjectCopy implements AutoCloseable {
    private final S3Config config;
    private final S3AsyncClient client;
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

    /** Of this bucket. */
    public ObjectCopy(S3Config config) {
        this.config = config;
        this.client = S3AsyncClient.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        config.accessKey(), config.secretKey().reveal())))
                .build();
    }

    /** Makes the bucket where there is none. */
    public void makeBucket() {
        asking(() -> client.headBucket(request -> request.bucket(config.bucket()))
                .handle((there, failure) -> failure == null)
                .thenCompose(there -> there
                        ? CompletableFuture.completedFuture(null)
                        : client.createBucket(request -> request.bucket(config.bucket())))
                .join());
    }

    /** Names of all objects, in order. */
    public List<String> keys() {
        return asking(() -> {
            List<String> keys = new ArrayList<>();
            client.listObjectsV2Paginator(request -> request.bucket(config.bucket()))
                    .subscribe((Consumer<ListObjectsV2Response>)
                            page -> page.contents().stream().map(S3Object::key).forEach(keys::add))
                    .join();
            return List.copyOf(keys);
        });
    }

    /** An object, to be closed; empty when it is gone meanwhile. */
    public Optional<Content> get(String key) {
        return asking(() -> {
            try {
                var answer = client.getObject(
                                request -> request.bucket(config.bucket()).key(key),
                                AsyncResponseTransformer.toBlockingInputStream())
                        .join();
                String type =
                        Optional.ofNullable(answer.response().contentType()).orElse("");
                return Optional.of(new Content(type, answer.response().contentLength(), answer));
            } catch (CompletionException e) {
                if (e.getCause() instanceof NoSuchKeyException) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Writes an object as its bytes are read; closes nothing. */
    public void put(String key, Content content) {
        asking(() -> client.putObject(
                        request -> {
                            request.bucket(config.bucket()).key(key);
                            if (!content.type().isEmpty()) {
                                request.contentType(content.type());
                            }
                        },
                        AsyncRequestBody.fromInputStream(content.bytes(), content.size(), reader))
                .join());
    }

    private <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException) {
                throw new ProblemException(
                        ProblemType.DEPENDENCY_DOWN,
                        "the S3 service at " + config.endpoint() + " does not answer as it should: "
                                + e.getCause().getMessage(),
                        e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
        reader.close();
    }

    /**
     * What an object holds, never whole in memory.
     *
     * @param type media type, or nothing
     * @param size in bytes
     * @param bytes as they come
     */
    public record Content(String type, long size, InputStream bytes) implements Closeable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
