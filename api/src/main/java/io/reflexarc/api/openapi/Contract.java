// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.openapi;

import io.reflexarc.core.problem.FieldError;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates documents against the schemas of an OpenAPI document. Belongs to one context. */
public final class Contract {
    private static final String BASE = "https://reflexarc.io/openapi.json";

    private final SchemaRepository repository;
    private final Map<JsonObject, Validator> validators = new HashMap<>();
    private final JsonObject document;

    /** Validates against this document. */
    public Contract(JsonObject document) {
        this.document = document;
        repository = SchemaRepository.create(options());
        repository.dereference(BASE, JsonSchema.of(document));
    }

    private static JsonSchemaOptions options() {
        return new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
    }

    /** What is wrong with the body of a request; empty when nothing is. */
    public List<FieldError> requestErrors(String method, String path, Object body) {
        return operation(method, path)
                .map(found -> found.getJsonObject("requestBody"))
                .flatMap(found -> schema(found, "application/json"))
                .map(schema -> errors(schema, body))
                .orElse(List.of());
    }

    /** What is wrong with the body of an answer; an undeclared status is wrong. */
    public List<FieldError> responseErrors(String method, String path, int status, String type, Object body) {
        Optional<JsonObject> response = operation(method, path)
                .map(found -> found.getJsonObject("responses").getJsonObject(Integer.toString(status)));
        if (response.isEmpty()) {
            return List.of(new FieldError("", method + " " + path + " does not declare the status " + status));
        }
        return response.flatMap(found -> schema(found, type))
                .map(schema -> errors(schema, body))
                .orElse(List.of(new FieldError("", status + " does not declare " + type)));
    }

    private Optional<JsonObject> operation(String method, String path) {
        return Optional.ofNullable(document.getJsonObject("paths").getJsonObject(path))
                .map(item -> item.getJsonObject(method.toLowerCase(Locale.ROOT)));
    }

    private static Optional<JsonObject> schema(JsonObject bodyHolder, String type) {
        return Optional.ofNullable(bodyHolder.getJsonObject("content"))
                .map(content -> content.getJsonObject(type))
                .map(content -> content.getJsonObject("schema"));
    }

    private List<FieldError> errors(JsonObject schema, Object instance) {
        Validator validator = validators.computeIfAbsent(schema, this::validator);
        OutputUnit unit = validator.validate(instance);
        if (Boolean.TRUE.equals(unit.getValid())) {
            return List.of();
        }
        return leaves(unit.getErrors());
    }

    private Validator validator(JsonObject schema) {
        JsonObject absolute = schema.copy();
        if (schema.getString("$ref") instanceof String reference) {
            absolute.put("$ref", BASE + reference);
        }
        return repository.validator(JsonSchema.of(absolute), options());
    }

    /** The errors that say something: not those which only repeat that a part is wrong. */
    private static List<FieldError> leaves(List<OutputUnit> units) {
        List<FieldError> found = new ArrayList<>();
        for (OutputUnit unit : units) {
            String keyword = unit.getKeywordLocation();
            boolean repeats =
                    keyword.endsWith("/$ref") || keyword.endsWith("/properties") || keyword.endsWith("/items");
            if (!repeats || units.size() == 1) {
                found.add(new FieldError(unit.getInstanceLocation().replaceFirst("^#", ""), unit.getError()));
            }
        }
        Set<String> told = found.stream()
                .filter(error -> !repeats(error))
                .map(FieldError::pointer)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(error -> !repeats(error) || !told.contains(error.pointer()))
                .distinct()
                .toList();
    }

    /** Of a property that is known and wrong the library says as well that it is not a foreseen one. */
    private static boolean repeats(FieldError error) {
        return error.message().endsWith("does not match additional properties schema");
    }
}
