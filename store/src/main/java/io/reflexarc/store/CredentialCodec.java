// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.event.StreamCredential;
import io.reflexarc.core.event.StreamCredential.Basic;
import io.reflexarc.core.event.StreamCredential.Hmac;
import io.reflexarc.core.event.StreamCredential.Token;
import io.reflexarc.core.id.StreamId;
import io.reflexarc.core.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Credentials of streams, encrypted for their row. */
final class CredentialCodec {
    private final StoreKey key;

    CredentialCodec(StoreKey key) {
        this.key = key;
    }

    /** Which key {@link #encrypt} uses. */
    String keyId() {
        return key.id();
    }

    Buffer encrypt(StreamId stream, StreamCredential credential) {
        return Buffer.buffer(key.encrypt(JsonText.of(fields(credential)).bytes(), place(stream)));
    }

    StreamCredential decrypt(StreamId stream, Buffer sealed, String keyId) {
        byte[] clear = key.decrypt(sealed.getBytes(), keyId, place(stream));
        return credential(JsonText.ofBytes(clear).tree());
    }

    private static String place(StreamId stream) {
        return "event_streams/" + stream;
    }

    // By hand: the JSON form of a Secret is its mask.
    private static Map<String, String> fields(StreamCredential credential) {
        return switch (credential) {
            case Token(Secret token, String header) ->
                Map.of("kind", "token", "token", token.reveal(), "header", header);
            case Basic(String username, Secret password) ->
                Map.of("kind", "basic", "username", username, "password", password.reveal());
            case Hmac(Secret secret, String algorithm, String header, String encoding, String prefix) ->
                Map.of(
                        "kind", "hmac",
                        "secret", secret.reveal(),
                        "algorithm", algorithm,
                        "header", header,
                        "encoding", encoding,
                        "prefix", prefix);
        };
    }

    private static StreamCredential credential(JsonNode fields) {
        String kind = text(fields, "kind");
        return switch (kind) {
            case "token" -> new Token(new Secret(text(fields, "token")), text(fields, "header"));
            case "basic" -> new Basic(text(fields, "username"), new Secret(text(fields, "password")));
            case "hmac" ->
                new Hmac(
                        new Secret(text(fields, "secret")),
                        text(fields, "algorithm"),
                        text(fields, "header"),
                        text(fields, "encoding"),
                        text(fields, "prefix"));
            default -> throw new IllegalStateException("unknown kind of credential: " + kind);
        };
    }

    private static String text(JsonNode fields, String name) {
        return fields.required(name).textValue();
    }
}
