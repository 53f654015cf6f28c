// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code items[from:to:step]} as Python cuts it. */
final class Slices {
    private Slices() {}

    static <T> List<T> slice(List<T> items, Optional<Integer> from, Optional<Integer> to, Optional<Integer> step) {
        int stride = step.orElse(1);
        if (stride == 0) {
            throw new TemplateFailure("slice step cannot be zero");
        }
        int size = items.size();
        int low = stride > 0 ? 0 : -1;
        int high = stride > 0 ? size : size - 1;
        int start = from.map(bound -> clamp(bound, size, low, high)).orElse(stride > 0 ? low : high);
        int end = to.map(bound -> clamp(bound, size, low, high)).orElse(stride > 0 ? high : low);
        List<T> part = new ArrayList<>();
        for (long i = start; stride > 0 ? i < end : i > end; i += stride) {
            part.add(items.get((int) i));
        }
        return part;
    }

    private static int clamp(int bound, int size, int low, int high) {
        long position = bound < 0 ? (long) bound + size : bound;
        return (int) Math.max(low, Math.min(high, position));
    }
}
