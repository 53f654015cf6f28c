// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.postgresql;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 32-bit hash of xxHash with seed 0 (Yann Collet, XXH32 in the specification of xxHash 0.1.1). */
final class XxHash32 {
    private static final int P1 = 0x9E3779B1;
    private static final int P2 = 0x85EBCA77;
    private static final int P3 = 0xC2B2AE3D;
    private static final int P4 = 0x27D4EB2F;
    private static final int P5 = 0x165667B1;
    private static final int STRIPE = 16;

    private XxHash32() {}

    /** Eight digits. */
    static String hex(byte[] bytes) {
        return String.format("%08x", hash(bytes));
    }

    private static int hash(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int hash = bytes.length < STRIPE ? P5 : stripes(in);
        hash += bytes.length;
        while (in.remaining() >= Integer.BYTES) {
            hash = Integer.rotateLeft(hash + in.getInt() * P3, 17) * P4;
        }
        while (in.hasRemaining()) {
            hash = Integer.rotateLeft(hash + (in.get() & 0xff) * P5, 11) * P1;
        }
        hash = (hash ^ (hash >>> 15)) * P2;
        hash = (hash ^ (hash >>> 13)) * P3;
        return hash ^ (hash >>> 16);
    }

    private static int stripes(ByteBuffer in) {
        int a = 0x24234428; // the sum of the first two, which overflows
        int b = P2;
        int c = 0;
        int d = -P1;
        while (in.remaining() >= STRIPE) {
            a = round(a, in.getInt());
            b = round(b, in.getInt());
            c = round(c, in.getInt());
            d = round(d, in.getInt());
        }
        return Integer.rotateLeft(a, 1)
                + Integer.rotateLeft(b, 7)
                + Integer.rotateLeft(c, 12)
                + Integer.rotateLeft(d, 18);
    }

    private static int round(int lane, int word) {
        return Integer.rotateLeft(lane + word * P2, 13) * P1;
    }
}
