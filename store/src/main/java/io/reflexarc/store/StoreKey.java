// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that encrypts secrets at rest: AES-256-GCM with a random nonce, each ciphertext bound to its place. It lies in a
 * file outside the database.
 */
public final class StoreKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 4;

    private final SecretKey key;
    private final String id;
    private final SecureRandom random;

    private StoreKey(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.id = fingerprint(key);
        this.random = random;
    }

    /** Reads the key of a file; makes file and key, readable by the owner only, when there is none. */
    public static StoreKey load(Path file, SecureRandom random) {
        try {
            if (Files.notExists(file)) {
                create(file, random);
            }
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length != KEY_BYTES) {
                throw unreadable(file);
            }
            return new StoreKey(key, random);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL, "the key file " + file + " cannot be read or made: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw unreadable(file);
        }
    }

    private static ProblemException unreadable(Path file) {
        return new ProblemException(
                ProblemType.INTERNAL,
                "the key file " + file + " does not hold a key of 256 bits in Base64: restore it from a backup");
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        // The key is complete before it has its name, so that a crash leaves no half of one.
        Path draft =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().toHexDigits(random.nextLong()));
        try (var channel = Files.newByteChannel(
                draft, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
            channel.write(
                    ByteBuffer.wrap((Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker: its key counts.
        } finally {
            Files.delete(draft);
        }
    }

    /** Names the key without telling anything about it; stored beside each ciphertext. */
    public String id() {
        return id;
    }

    /** Encrypts for one place, e.g. {@code event_streams/<uuid>}. */
    byte[] encrypt(byte[] clear, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(clear);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    /** Decrypts what was encrypted for this place with the key of this id. */
    byte[] decrypt(byte[] sealed, String keyId, String place) {
        if (!id.equals(keyId)) {
            throw new ProblemException(
                    ProblemType.INTERNAL,
                    "the secret of " + place + " was encrypted with key " + keyId + ", but the key file holds key " + id
                            + ": restore the key file that belongs to this database, or set the secret again");
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL,
                    "the secret of " + place + " was altered or moved in the database: set it again",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
