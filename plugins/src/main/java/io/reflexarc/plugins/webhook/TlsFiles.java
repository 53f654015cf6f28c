// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.webhook;

import io.reflexarc.core.event.Secret;
import io.reflexarc.core.source.SourceContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** TLS of a server from PEM files (RFC 7468). */
final class TlsFiles {
    private static final Pattern ENCRYPTED =
            Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----([^-]+)-----END ENCRYPTED PRIVATE KEY-----");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[^-]+-----END \\1-----");

    private final SourceContext context;

    TlsFiles(SourceContext context) {
        this.context = context;
    }

    /** Plain HTTP without a certificate. */
    HttpServerOptions options(Webhook webhook) throws IOException {
        HttpServerOptions options = new HttpServerOptions();
        if (webhook.certfile().isEmpty()) {
            return options;
        }
        String certificate = read("certfile", webhook.certfile().get());
        String key = webhook.keyfile().isPresent()
                ? read("keyfile", webhook.keyfile().get())
                : certificate;
        options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate))
                        .setKeyValue(Buffer.buffer(key(key, webhook.password()))));
        List<String> authorities = authorities(webhook);
        if (!authorities.isEmpty()) {
            PemTrustOptions trust = new PemTrustOptions();
            authorities.forEach(authority -> trust.addCertValue(Buffer.buffer(authority)));
            options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(trust);
        }
        return options;
    }

    private List<String> authorities(Webhook webhook) throws IOException {
        if (webhook.cafile().isPresent()) {
            return List.of(read("cafile", webhook.cafile().get()));
        }
        if (webhook.capath().isEmpty()) {
            return List.of();
        }
        Path folder = context.file(webhook.capath().get());
        if (!Files.isDirectory(folder)) {
            throw WebhookSource.wrong("capath " + folder + " is no directory");
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        if (files.isEmpty()) {
            throw WebhookSource.wrong("capath " + folder + " has no certificates");
        }
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    private String read(String argument, String file) throws IOException {
        Path path = context.file(file);
        if (!Files.isReadable(path)) {
            throw WebhookSource.wrong(argument + " " + file + " cannot be read: check path and permissions");
        }
        return Files.readString(path);
    }

    /** The key alone, in clear. */
    private static String key(String pem, Optional<Secret> password) {
        Matcher encrypted = ENCRYPTED.matcher(pem);
        if (encrypted.find()) {
            return decrypted(
                    encrypted.group(1),
                    password.orElseThrow(() -> WebhookSource.wrong("the key is encrypted: its password is missing")));
        }
        Matcher clear = KEY.matcher(pem);
        if (!clear.find()) {
            throw WebhookSource.wrong("keyfile (or certfile, where there is none) has no private key in PEM");
        }
        return clear.group();
    }

    /** PKCS #8 (RFC 5958), the form that current tools write. */
    private static String decrypted(String base64, Secret password) {
        try {
            EncryptedPrivateKeyInfo info =
                    new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
            // For PBES2 the name is in the parameters: they print as, e.g., PBEWithHmacSHA256AndAES_256
            String algorithm = info.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password.reveal().toCharArray())),
                    info.getAlgParameters());
            String clear = Base64.getMimeEncoder()
                    .encodeToString(info.getKeySpec(cipher).getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + clear + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException | GeneralSecurityException e) {
            throw WebhookSource.wrong(
                    "the key cannot be decrypted: the password is wrong, or it is not encrypted with AES; write it anew"
                            + " with openssl pkcs8 -topk8 -v2 aes-256-cbc");
        }
    }
}
