// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import io.reflexarc.core.account.User;
import io.reflexarc.core.page.Page;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.page.Slice;
import io.reflexarc.core.page.SliceRequest;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One call of an endpoint: validated input, parameters and caller. */
public final class Call<I> {
    private static final int DEFAULT_PAGE_SIZE = 20;

    private final RoutingContext context;
    private final Optional<User> user;
    private final I input;
    private final Map<String, String> query;

    /** A call whose input and query have been validated. */
    public Call(RoutingContext context, Optional<User> user, I input, Map<String, String> query) {
        this.context = context;
        this.user = user;
        this.input = input;
        this.query = new TreeMap<>(query);
    }

    /** The body. */
    public I input() {
        return input;
    }

    /** Who calls; only endpoints that are not open may ask. */
    public User user() {
        return user.orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "Log in first."));
    }

    /** A parameter of the path. */
    public String path(String name) {
        return Objects.requireNonNull(context.pathParam(name), () -> "the path has no parameter " + name);
    }

    /** A parameter of the path that is a whole number; anything else is not found. */
    public long number(String name) {
        String text = path(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw new ProblemException(ProblemType.NOT_FOUND, "\"" + text + "\" is not a number of an object here.");
        }
        return Long.parseLong(text);
    }

    /** A parameter of the path that is a UUID; anything else is not found. */
    public <T> T uuid(String name, Function<String, T> parse) {
        String text = path(name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "\"" + text + "\" is not an id: ids here are UUIDs.", e);
        }
    }

    /** A query parameter. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The page asked for; every parameter that is not about paging is a filter. */
    public PageRequest page() {
        Map<String, String> filters = new TreeMap<>(query);
        List.of("page", "page_size", "sort", "after").forEach(filters::remove);
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        return new PageRequest(page, size(), filters, query("sort"), query("after"));
    }

    /** The slice asked for; every parameter that is not about slicing or order is a filter. */
    public SliceRequest slice() {
        Map<String, String> filters = new TreeMap<>(query);
        List.of("after", "page_size", "sort").forEach(filters::remove);
        return new SliceRequest(query("after"), size(), query("sort"), filters);
    }

    /** Rows asked for at once. */
    public int size() {
        return Integer.parseInt(query.getOrDefault("page_size", Integer.toString(DEFAULT_PAGE_SIZE)));
    }

    /** A slice in its envelope, every item as the API shows it. */
    public <T, R> SliceEnvelope<R> envelope(Slice<T> slice, Function<? super T, ? extends R> view) {
        Slice<R> shown = slice.map(view);
        return new SliceEnvelope<>(shown.count(), shown.next(), shown.items());
    }

    /** A page in its envelope, every item as the API shows it. */
    public <T, R> Envelope<R> envelope(Page<T> page, Function<? super T, ? extends R> view) {
        boolean more = (long) page.page() * page.pageSize() < page.count();
        Page<R> shown = page.map(view);
        return new Envelope<>(
                page.count(),
                more ? Optional.of(link(page.page() + 1)) : Optional.empty(),
                page.page() > 1 ? Optional.of(link(page.page() - 1)) : Optional.empty(),
                page.page(),
                page.pageSize(),
                page.after(),
                shown.items());
    }

    private String link(int page) {
        Map<String, String> all = new TreeMap<>(query);
        all.put("page", Integer.toString(page));
        return context.normalizedPath() + "?"
                + all.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** The request and answer themselves, for headers, cookies and the caller's address. */
    public RoutingContext http() {
        return context;
    }
}
