// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.embedded;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 store over a directory, in this process, on a free loopback port, with random keys. */
final class EmbeddedS3 {
    static final String ACCESS_KEY = "reflexarc";

    private final S3Proxy server;

    private EmbeddedS3(S3Proxy server) {
        this.server = server;
    }

    static EmbeddedS3 start(DataDirectory data) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(data.directory("s3").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, data.secret("s3"))
                .jettyMaxThreads(16)
                .build();
        server.start();
        return new EmbeddedS3(server);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    void stop() throws Exception {
        server.stop();
    }
}
