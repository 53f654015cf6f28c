// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.source.Source;
import io.reflexarc.core.source.SourceContext;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes an event of each JSON body that is posted, to any path: {@code {payload, meta: {endpoint, headers}}}.
 *
 * @param port to listen on
 * @param host address or name to listen on, default all addresses
 * @param token what {@code Authorization: Bearer …} must carry
 * @param certfile PEM file with the certificate chain; with it the server speaks TLS
 * @param keyfile PEM file with its key, default the certfile
 * @param password of the key
 * @param cafile PEM file with authorities of clients' certificates; clients must have one then
 * @param capath the same as a directory of such files
 * @param hmacSecret with which clients sign their bodies
 * @param hmacAlgo digest of the signature, default {@code sha256}
 * @param hmacHeader that carries the signature, default {@code x-hub-signature-256}
 * @param hmacFormat {@code hex} (default) or {@code base64}
 */
@Source.Name({"eda.builtin.webhook", "ansible.eda.webhook"})
public record Webhook(
        Optional<Integer> port,
        Optional<String> host,
        Optional<Secret> token,
        Optional<String> certfile,
        Optional<String> keyfile,
        Optional<Secret> password,
        Optional<String> cafile,
        Optional<String> capath,
        Optional<Secret> hmacSecret,
        Optional<String> hmacAlgo,
        Optional<String> hmacHeader,
        Optional<String> hmacFormat)
        implements WebhookSource {
    public Webhook {
        if (port.isEmpty()) {
            throw WebhookSource.wrong("port is missing: write the port to listen on");
        }
        WebhookSource.requirePort(port.get());
        host = host.filter(name -> !name.isBlank());
        if (certfile.isEmpty() && (cafile.isPresent() || capath.isPresent())) {
            throw WebhookSource.wrong("cafile and capath need a certfile: only TLS knows clients' certificates");
        }
        if (hmacSecret.isPresent()) {
            Signature.check(hmacAlgo.orElse(Signature.ALGORITHM), hmacFormat.orElse(Signature.HEX));
        }
    }

    @Override
    public void run(SourceContext context) throws IOException, InterruptedException {
        WebhookHandler handler = new WebhookHandler(context, token, signature());
        TlsFiles tls = new TlsFiles(context);
        try (HttpListener listener = new HttpListener(context, handler)) {
            listener.listen(host.orElse("0.0.0.0"), port.orElseThrow(), tls.options(this));
            context.awaitStop();
        }
    }

    private Optional<Signature> signature() {
        return hmacSecret.map(secret -> new Signature(
                secret,
                hmacAlgo.orElse(Signature.ALGORITHM),
                hmacHeader.orElse(Signature.HEADER),
                hmacFormat.orElse(Signature.HEX)));
    }
}
