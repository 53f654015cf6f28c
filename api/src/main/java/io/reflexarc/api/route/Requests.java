// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.openapi.Contract;
import io.reflexarc.core.account.User;
import io.reflexarc.core.json.Json;
import io.reflexarc.core.page.PageRequest;
import io.reflexarc.core.problem.FieldError;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and validates what was sent to an endpoint. */
final class Requests {
    private static final int MAX_VALUE = 512;
    /** A cursor names a place in each of many streams. */
    private static final int MAX_CURSOR = 16_384;

    private static final long MAX_PAGE = 1_000_000;

    private final Contract contract;

    Requests(Contract contract) {
        this.contract = contract;
    }

    <I extends Record> Call<I> read(RoutingContext context, Endpoint<I, ?> endpoint, Optional<User> user) {
        Map<String, String> query = query(context, endpoint);
        return new Call<>(context, user, body(context, endpoint), query);
    }

    private static Map<String, String> query(RoutingContext context, Endpoint<?, ?> endpoint) {
        Map<String, String> query = new TreeMap<>();
        List<FieldError> errors = new ArrayList<>();
        context.queryParams().forEach(entry -> {
            endpoint.query().stream()
                    .filter(parameter -> parameter.name().equals(entry.getKey()))
                    .findFirst()
                    .ifPresentOrElse(
                            parameter -> value(parameter, entry.getValue(), errors),
                            () -> errors.add(
                                    new FieldError(entry.getKey(), "is not known here; known are " + names(endpoint))));
            if (query.put(entry.getKey(), entry.getValue()) != null) {
                errors.add(new FieldError(entry.getKey(), "is given more than once"));
            }
        });
        refuse(errors, "The query is not valid.");
        return query;
    }

    private static void value(QueryParameter parameter, String value, List<FieldError> errors) {
        int longest = parameter.equals(QueryParameter.AFTER) ? MAX_CURSOR : MAX_VALUE;
        if (value.length() > longest) {
            errors.add(new FieldError(parameter.name(), "has more than " + longest + " characters"));
        } else if (parameter.type() == Long.class) {
            boolean number = value.matches("[0-9]{1,18}");
            long most = parameter.equals(QueryParameter.PAGE_SIZE)
                    ? PageRequest.MAX_SIZE
                    : parameter.equals(QueryParameter.PAGE) ? MAX_PAGE : Long.MAX_VALUE;
            boolean paging = QueryParameter.PAGING.contains(parameter);
            if (!number || Long.parseLong(value) > most || (paging && Long.parseLong(value) < 1)) {
                errors.add(new FieldError(
                        parameter.name(), paging ? "is a whole number from 1 to " + most : "is a whole number"));
            }
        } else if (parameter.type().isEnum()) {
            enumValue(parameter, value, errors);
        }
    }

    private static void enumValue(QueryParameter parameter, String value, List<FieldError> errors) {
        List<String> known = new ArrayList<>();
        for (Object constant : parameter.type().getEnumConstants()) {
            known.add(Json.mapper().valueToTree(constant).asText());
        }
        if (!known.contains(value)) {
            errors.add(new FieldError(parameter.name(), "is one of " + String.join(", ", known)));
        }
    }

    private static String names(Endpoint<?, ?> endpoint) {
        return endpoint.query().isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        endpoint.query().stream().map(QueryParameter::name).toList());
    }

    private <I extends Record> I body(RoutingContext context, Endpoint<I, ?> endpoint) {
        if (endpoint.input() == Nothing.class) {
            return endpoint.input().cast(Nothing.NOTHING);
        }
        Buffer body = Optional.ofNullable(context.body().buffer()).orElse(Buffer.buffer());
        if (body.length() == 0) {
            body = Buffer.buffer("{}");
        } else {
            refuseOtherMedia(context);
        }
        List<FieldError> errors = contract.requestErrors(endpoint.method().name(), endpoint.url(), parsed(body));
        refuse(errors, "The body is not valid.");
        try {
            return Json.mapper().readValue(body.getBytes(), endpoint.input());
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "The body cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body cannot be read.", e);
        }
    }

    private static Object parsed(Buffer body) {
        try {
            Json.mapper().readTree(body.getBytes());
            return io.vertx.core.json.Json.decodeValue(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException | DecodeException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body is not JSON.", e);
        }
    }

    /** A page of another site can make a browser send plain text or a form, but not JSON, without asking first. */
    private static void refuseOtherMedia(RoutingContext context) {
        String type = Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send JSON, with Content-Type: application/json.");
        }
    }

    private static void refuse(List<FieldError> errors, String sentence) {
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, sentence, errors);
        }
    }
}
