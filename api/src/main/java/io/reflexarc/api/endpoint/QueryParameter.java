// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * A query parameter.
 *
 * @param name as in the URL
 * @param type {@code String.class}, {@code Long.class} or an enum
 * @param description one sentence
 */
public record QueryParameter(String name, Class<?> type, String description) {
    /** Page, from 1. */
    public static final QueryParameter PAGE = new QueryParameter("page", Long.class, "Page, from 1.");

    /** Rows of a page. */
    public static final QueryParameter PAGE_SIZE =
            new QueryParameter("page_size", Long.class, "Rows of a page, 1 to 200; 20 when not given.");

    /** The parameters of every paged list. */
    public static final List<QueryParameter> PAGING = List.of(PAGE, PAGE_SIZE);

    /** Where a slice begins. */
    public static final QueryParameter AFTER = new QueryParameter(
            "after", String.class, "What the slice before gave as next; the first begins without it.");

    /** The parameters of every list that is read in slices. */
    public static final List<QueryParameter> SLICING = List.of(AFTER, PAGE_SIZE);

    /** Filters and orders of a list that takes a cursor beside the number of a page. */
    public static List<QueryParameter> sorted(String orders, QueryParameter... filters) {
        List<QueryParameter> all = new ArrayList<>(List.of(filters));
        all.add(text("sort", orders + "; a minus before it reverses."));
        all.add(text("after", "What the page before gave as after; the number of the page does not matter then."));
        return all;
    }

    /** A parameter of text. */
    public static QueryParameter text(String name, String description) {
        return new QueryParameter(name, String.class, description);
    }

    /** A parameter that is a whole number. */
    public static QueryParameter number(String name, String description) {
        return new QueryParameter(name, Long.class, description);
    }
}
