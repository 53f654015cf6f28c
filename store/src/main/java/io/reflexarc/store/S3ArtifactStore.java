// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.artifact.ArtifactStore;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Artifacts in one bucket of an S3 service. */
final class S3ArtifactStore implements ArtifactStore {
    private static final int CLOSE_SECONDS = 1;

    private final Vertx vertx;
    private final S3Config config;
    // Our own, because the client waits for two seconds when it ends one that it made itself.
    private final SdkEventLoopGroup threads;
    private final S3AsyncClient client;

    private S3ArtifactStore(Vertx vertx, S3Config config) {
        this.vertx = vertx;
        this.config = config;
        this.threads = SdkEventLoopGroup.builder().numberOfThreads(1).build();
        this.client = client(config, threads);
    }

    /** Connects, and makes the bucket when it does not exist. */
    static Future<S3ArtifactStore> open(Vertx vertx, S3Config config) {
        // Making the client loads many classes: not on an event loop.
        return vertx.executeBlocking(() -> new S3ArtifactStore(vertx, config))
                .map(Objects::requireNonNull)
                .compose(S3ArtifactStore::ready);
    }

    private static S3AsyncClient client(S3Config config, SdkEventLoopGroup threads) {
        return S3AsyncClient.builder()
                .endpointOverride(config.endpoint())
                .region(Region.of(config.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        config.accessKey(), config.secretKey().reveal())))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(threads))
                .build();
    }

    private Future<S3ArtifactStore> ready() {
        return makeBucket().map(this).onFailure(failure -> close());
    }

    private Future<Void> makeBucket() {
        return check().recover(failure -> failure instanceof NoSuchBucketException
                ? call(() -> client.createBucket(request -> request.bucket(config.bucket())))
                        .<Void>mapEmpty()
                        .recover(other -> other instanceof BucketAlreadyOwnedByYouException
                                        || other instanceof BucketAlreadyExistsException
                                ? Future.succeededFuture()
                                : Future.failedFuture(other))
                : Future.failedFuture(failure));
    }

    /** Completes when the bucket answers. */
    Future<Void> check() {
        return call(() -> client.headBucket(request -> request.bucket(config.bucket())))
                .mapEmpty();
    }

    @Override
    public Future<Void> put(String key, Buffer content, String contentType) {
        return call(() -> client.putObject(
                        request -> request.bucket(config.bucket()).key(key).contentType(contentType),
                        AsyncRequestBody.fromBytes(content.getBytes())))
                .mapEmpty();
    }

    @Override
    public Future<Optional<Buffer>> get(String key) {
        return call(() -> client.getObject(
                        request -> request.bucket(config.bucket()).key(key), AsyncResponseTransformer.toBytes()))
                .map(bytes -> Optional.of(Buffer.buffer(bytes.asByteArrayUnsafe())))
                .recover(failure -> failure instanceof NoSuchKeyException
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    @Override
    public Future<Void> delete(String key) {
        return call(() -> client.deleteObject(
                        request -> request.bucket(config.bucket()).key(key)))
                .mapEmpty();
    }

    Future<Void> close() {
        return vertx.executeBlocking(() -> {
                    client.close();
                    return threads.eventLoopGroup().shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
                })
                .mapEmpty();
    }

    private <T> Future<T> call(Supplier<CompletableFuture<T>> request) {
        Context context = vertx.getOrCreateContext();
        return Future.fromCompletionStage(request.get(), context)
                .recover(failure -> Future.failedFuture(problem(
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure)));
    }

    private Throwable problem(Throwable failure) {
        return failure instanceof SdkClientException
                ? new ProblemException(
                        ProblemType.DEPENDENCY_DOWN,
                        "the S3 service at " + config.endpoint()
                                + " does not answer: check that it runs and can be reached",
                        failure)
                : failure;
    }
}
