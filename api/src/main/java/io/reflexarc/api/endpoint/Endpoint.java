// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import io.reflexarc.core.account.Permission;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as a value. Router, validation, authorization, OpenAPI document, metrics, audit of changes and the test of
 * routes and roles all read it.
 *
 * @param method HTTP method
 * @param path with {@code {name}} or {@code {name:type}} parameters, ending in a slash where EDA's does; served with and without it
 * @param summary one line for the document
 * @param tag group in the document
 * @param access who may call it
 * @param input record of the body, {@link Nothing} when it takes none
 * @param output what it answers
 * @param status of success
 * @param query parameters that it knows; any other is refused
 * @param problems what may go wrong beside what may go wrong everywhere
 * @param handler does it, on a virtual thread: it may await
 */
public record Endpoint<I extends Record, O>(
        HttpMethod method,
        String path,
        String summary,
        String tag,
        Access access,
        Class<I> input,
        Output output,
        int status,
        List<QueryParameter> query,
        Set<ProblemType> problems,
        Handler<I, O> handler) {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(?::(\\w+))?}");

    public Endpoint {
        query = List.copyOf(query);
        problems = Set.copyOf(problems);
    }

    /** Begins an endpoint. */
    public static Draft<Nothing> of(HttpMethod method, String path, String summary) {
        return new Draft<>(method, path, summary, Nothing.class, List.of(), Set.of());
    }

    /** Begins an endpoint that reads. */
    public static Draft<Nothing> get(String path, String summary) {
        return of(HttpMethod.GET, path, summary);
    }

    /** Begins an endpoint that creates or does. */
    public static Draft<Nothing> post(String path, String summary) {
        return of(HttpMethod.POST, path, summary);
    }

    /** Begins an endpoint that changes. */
    public static Draft<Nothing> patch(String path, String summary) {
        return of(HttpMethod.PATCH, path, summary);
    }

    /** Begins an endpoint that deletes. */
    public static Draft<Nothing> delete(String path, String summary) {
        return of(HttpMethod.DELETE, path, summary);
    }

    /** Whether a call changes something, and so is written to the list of changes. */
    public boolean mutates() {
        return !method.equals(HttpMethod.GET)
                && access instanceof Access.Needs needs
                && needs.permission().verb() != Permission.Verb.READ;
    }

    /** The path without the types of its parameters: {@code /x/{id:uuid}/} is {@code /x/{id}/}. */
    public String url() {
        return path.replaceAll("\\{(\\w+):\\w+}", "{$1}");
    }

    /** Parameters of the path, in order: a number unless it says {@code :uuid} or {@code :text}. */
    public List<QueryParameter> pathParameters() {
        return PARAMETER
                .matcher(path)
                .results()
                .map(found -> new QueryParameter(found.group(1), type(found.group(2)), ""))
                .toList();
    }

    private static Class<?> type(@Nullable String name) {
        if (name == null) {
            return Long.class;
        }
        return name.equals("uuid") ? UUID.class : String.class;
    }

    /** Name of the operation in the document: method and path, e.g. {@code get_activations_id}. */
    public String operationId() {
        String words = url().replace("/api/eda/v1/", "").replace("/api/", "").replaceAll("[^A-Za-z0-9]+", "_");
        return (method.name().toLowerCase(Locale.ROOT) + "_" + words).replaceAll("_$", "");
    }

    /** Does what an endpoint is for. */
    @FunctionalInterface
    public interface Handler<I extends Record, O> {
        /** Answers a call, or throws a {@link io.reflexarc.core.problem.ProblemException}. */
        O handle(Call<I> call);
    }

    /** What a call may do without having said who may call it. */
    public record Draft<I extends Record>(
            HttpMethod method,
            String path,
            String summary,
            Class<I> input,
            List<QueryParameter> query,
            Set<ProblemType> problems) {
        /** Takes a body. */
        public <R extends Record> Draft<R> takes(Class<R> record) {
            return new Draft<>(method, path, summary, record, query, problems);
        }

        /** Knows these query parameters. */
        public Draft<I> query(List<QueryParameter> parameters) {
            return new Draft<>(method, path, summary, input, parameters, problems);
        }

        /** May go wrong in these ways too. */
        public Draft<I> fails(ProblemType first, ProblemType... more) {
            return new Draft<>(method, path, summary, input, query, EnumSet.of(first, more));
        }

        /** Anybody may call it, without a token. */
        public Guarded<I> open() {
            return new Guarded<>(this, new Access.Open());
        }

        /** Anybody who is logged in may call it. */
        public Guarded<I> signedIn() {
            return new Guarded<>(this, new Access.SignedIn());
        }

        /** Whoever has this permission may call it. */
        public Guarded<I> needs(Permission.Verb verb, Permission.Kind kind) {
            return new Guarded<>(this, new Access.Needs(new Permission(verb, kind)));
        }
    }

    /**
     * A draft of which is known who may call it.
     *
     * @param draft the rest
     * @param access who
     */
    public record Guarded<I extends Record>(Draft<I> draft, Access access) {
        /** Answers one record. */
        public <R extends Record> Endpoint<I, R> answers(int status, Class<R> type, Handler<I, R> handler) {
            return end(new Output.One(type), status, draft.query, handler);
        }

        /** Answers a page of records. */
        public <R extends Record> Endpoint<I, Envelope<R>> answersPage(Class<R> type, Handler<I, Envelope<R>> handler) {
            List<QueryParameter> all = new ArrayList<>(draft.query);
            all.addAll(QueryParameter.PAGING);
            return end(new Output.Paged(type), 200, all, handler);
        }

        /** Answers a slice of records. */
        public <R extends Record> Endpoint<I, SliceEnvelope<R>> answersSlice(
                Class<R> type, Handler<I, SliceEnvelope<R>> handler) {
            List<QueryParameter> all = new ArrayList<>(draft.query);
            all.addAll(QueryParameter.SLICING);
            return end(new Output.Sliced(type), 200, all, handler);
        }

        /** Answers no body. */
        public Endpoint<I, Nothing> answersNothing(Handler<I, Nothing> handler) {
            return end(new Output.None(), 204, draft.query, handler);
        }

        /** Answers plain text. */
        public Endpoint<I, String> answersText(Handler<I, String> handler) {
            return end(new Output.Text(), 200, draft.query, handler);
        }

        /** Answers a JSON document. */
        public Endpoint<I, JsonText> answersDocument(Handler<I, JsonText> handler) {
            return end(new Output.Document(), 200, draft.query, handler);
        }

        private <O> Endpoint<I, O> end(Output output, int status, List<QueryParameter> query, Handler<I, O> handler) {
            String rest = draft.path.replaceFirst("^/api/(eda/v1/)?", "");
            String tag = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
            return new Endpoint<>(
                    draft.method,
                    draft.path,
                    draft.summary,
                    draft.path.startsWith("/api/auth") ? "auth" : tag,
                    access,
                    draft.input,
                    output,
                    status,
                    query,
                    draft.problems,
                    handler);
        }
    }
}
