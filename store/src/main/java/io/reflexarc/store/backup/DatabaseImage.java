// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import java.util.List;
import java.util.Map;

/**
 * All of a database but its schema, which the migrations make.
 *
 * @param tables in an order in which they can be filled: those that others refer to come first
 * @param sequences name and the last value that was given out
 * @param days partitions by day, name of the table and day
 */
public record DatabaseImage(List<TableCopy> tables, Map<String, Long> sequences, List<Day> days) {
    public DatabaseImage {
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
        days = List.copyOf(days);
    }

    /**
     * A partition.
     *
     * @param table partitioned
     * @param name of the partition
     * @param day as {@code 2026-11-21}
     */
    public record Day(String table, String name, String day) {}
}
