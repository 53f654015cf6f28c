// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.event.Event;
import io.reflexarc.core.history.FieldValue;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says of a segment which events and which values of fields it cannot hold: a Bloom filter (B. H. Bloom, 1970) of four probes,
 * twelve bits for each entry as long as it stays small. Its size is a power of two, so that a probe is a hash cut to size and
 * PostgreSQL can ask it.
 *
 * @param bits as {@code get_bit} of PostgreSQL numbers them
 * @param exact whether every value that can be asked for was entered
 */
record SegmentFilter(byte[] bits, boolean exact) {
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

    /** The filter of a segment. */
    static SegmentFilter of(Collection<Event> events) {
        Set<Long> entries = new HashSet<>();
        boolean exact = true;
        for (Event event : events) {
            entries.add(hash("id\0" + event.id().value()));
            exact &= enter(event, entries);
        }
        long wanted = Math.clamp((long) entries.size() * BITS_EACH, FEWEST_BITS, MOST_BITS);
        int size = Math.toIntExact(Long.highestOneBit(wanted - 1) << 1);
        byte[] bits = new byte[size / 8];
        for (long entry : entries) {
            for (long probe : probes(entry)) {
                int bit = (int) (probe & (size - 1));
                bits[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return new SegmentFilter(bits, exact);
    }

    private static boolean enter(Event event, Set<Long> entries) {
        try {
            return enter(event.body().tree(), "", 0, new int[] {MOST_VALUES}, entries);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static boolean enter(JsonNode node, String path, int depth, int[] left, Set<Long> entries) {
        boolean all = true;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String place = path + field.getKey() + '\0';
            JsonNode value = field.getValue();
            Optional<String> written = written(value);
            if (written.isPresent()) {
                if (left[0]-- <= 0) {
                    return false;
                }
                entries.add(hash(place + written.get()));
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

    /** FNV-1a of 64 bits, mixed. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
