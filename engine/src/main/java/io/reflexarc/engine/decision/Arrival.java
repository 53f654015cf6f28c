// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.decision;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;

/** An event as a ruleset sees it, after the filters. */
public record Arrival(EventId id, JsonText body) {}
