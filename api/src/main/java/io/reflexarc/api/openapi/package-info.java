// SPDX-License-Identifier: Apache-2.0
/** From records to JSON Schema, from endpoints to the OpenAPI document, and validation against both. */
@NullMarked
package io.reflexarc.api.openapi;

import org.jspecify.annotations.NullMarked;
