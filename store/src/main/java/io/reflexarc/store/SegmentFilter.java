// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.FieldValue;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of a segment which events and which values of fields it cannot hold: a Bloom filter (B. H. Bloom, 1970) of four probes,
 * twelve bits for each entry as long as it stays small. Its size is a power of two, so that a probe is a hash cut to size and
 * PostgreSQL can ask it.
 *
 * @param bits as {@code get_bit} of PostgreSQL numbers them
 * @param exact whether every value that can be asked for was entered
 */
record SegmentFilter(byte[] bits, boolean exact) {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final int PROBES = 4;
    private static final int BITS_EACH = 12;
    private static final int FEWEST_BITS = 1 << 10;
    private static final int MOST_BITS = 1 << 18;
    /** Steps of a path that are entered; deeper ones are never asked for. */
    private static final int DEEPEST = 6;

    private static final int LONGEST_TEXT = 256;
    private static final int MOST_VALUES = 1_000;

    /** Before what is no text, so that {@code "1"} and {@code 1} differ. */
    private static final char PLAIN = '\1';

    /** The filter of a segment: entered at its largest size, then folded to the one that its entries need. */
    static SegmentFilter of(Collection<Event> events) {
        var entries = new Entries();
        boolean exact = true;
        for (Event event : events) {
            entries.add(fnv(FNV_OFFSET, "id\0" + event.id().value()));
            exact &= enter(event, entries);
        }
        return new SegmentFilter(entries.folded(), exact);
    }

    private static boolean enter(Event event, Entries entries) {
        try {
            return enter(event.body().tree(), FNV_OFFSET, 0, new int[] {MOST_VALUES}, entries);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The path so far is known by its hash only. */
    private static boolean enter(JsonNode node, long path, int depth, int[] left, Entries entries) {
        boolean all = true;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            long place = fnv(fnv(path, field.getKey()), "\0");
            JsonNode value = field.getValue();
            Optional<String> written = written(value);
            if (written.isPresent()) {
                if (left[0]-- <= 0) {
                    return false;
                }
                entries.add(fnv(place, written.get()));
            } else if (value.isObject() && depth + 1 < DEEPEST) {
                all &= enter(value, place, depth + 1, left, entries);
            }
        }
        return all;
    }

    /** How a value is entered; empty for one that nobody can ask for. */
    private static Optional<String> written(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue()).filter(text -> text.length() <= LONGEST_TEXT);
        }
        if (value.isBoolean()) {
            return Optional.of(PLAIN + value.asText());
        }
        return value.isNumber()
                ? FieldValue.number(value.doubleValue()).map(number -> PLAIN + number)
                : Optional.empty();
    }

    /** Probes for the texts that must be there; those that no filter knows are left out. */
    static Long[] probesOfTexts(List<FieldValue> required) {
        return probes(required, true);
    }

    /** Probes for the other values that must be there; filters written before they were entered do not know them. */
    static Long[] probesOfPlain(List<FieldValue> required) {
        return probes(required, false);
    }

    private static Long[] probes(List<FieldValue> required, boolean texts) {
        return required.stream()
                .filter(one -> one.text() == texts)
                .filter(one -> one.path().size() <= DEEPEST && one.value().length() <= LONGEST_TEXT)
                .map(one -> String.join("\0", one.path()) + '\0' + (texts ? "" : PLAIN) + one.value())
                .flatMap(one -> probes(hash(one)).stream())
                .toArray(Long[]::new);
    }

    /** Probes for an event. */
    static Long[] probesOfId(String id) {
        return probes(hash("id\0" + id)).toArray(Long[]::new);
    }

    private static List<Long> probes(long hash) {
        long step = mixed(hash) | 1;
        Long[] probes = new Long[PROBES];
        for (int i = 0; i < PROBES; i++) {
            probes[i] = (hash + i * step) & Long.MAX_VALUE;
        }
        return List.of(probes);
    }

    private static long hash(String text) {
        return mixed(fnv(FNV_OFFSET, text));
    }

    /** FNV-1a of 64 bits, from where it had come to. */
    private static long fnv(long begun, String text) {
        long hash = begun;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** What was entered: bits of the largest size, and about how many different entries set them. */
    private static final class Entries {
        private final byte[] bits = new byte[MOST_BITS / 8];
        private int different;

        /** Enters what hashes so before it is mixed. */
        void add(long fnv) {
            long hash = mixed(fnv);
            long step = mixed(hash) | 1;
            boolean fresh = false;
            for (int i = 0; i < PROBES; i++) {
                int bit = (int) ((hash + i * step) & (MOST_BITS - 1));
                fresh |= (bits[bit >> 3] & (1 << (bit & 7))) == 0;
                bits[bit >> 3] |= (byte) (1 << (bit & 7));
            }
            different += fresh ? 1 : 0;
        }

        /** A probe is cut to size, so halves of a filter lie over each other. */
        byte[] folded() {
            long wanted = Math.clamp((long) different * BITS_EACH, FEWEST_BITS, MOST_BITS);
            byte[] folded = new byte[Math.toIntExact(Long.highestOneBit(wanted - 1) << 1) / 8];
            for (int i = 0; i < bits.length; i++) {
                folded[i & (folded.length - 1)] |= bits[i];
            }
            return folded;
        }
    }
}
