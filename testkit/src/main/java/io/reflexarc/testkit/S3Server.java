// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 interface over a temporary folder for tests: one server per JVM. */
public final class S3Server {
    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** The server of this JVM, started on first use; it ends with the JVM. */
    public static S3Server shared() {
        return Holder.SERVER;
    }

    /** Address of the interface. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Access key that it accepts. */
    public String accessKey() {
        return "test";
    }

    /** Secret key that it accepts. */
    public String secretKey() {
        return "test-secret";
    }

    private static S3Server start() {
        try {
            Path folder = Files.createTempDirectory("reflexarc-s3-");
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, "test", "test-secret")
                    .build();
            proxy.start();
            return new S3Server(proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not start", e);
        }
    }

    private static final class Holder {
        static final S3Server SERVER = start();
    }
}
