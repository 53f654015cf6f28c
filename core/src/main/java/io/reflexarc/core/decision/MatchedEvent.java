// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.core.decision;

import io.reflexarc.core.id.EventId;
import io.reflexarc.core.json.JsonText;

/**
 * What a rule matched under one name.
 *
 * @param binding {@code m}, {@code m_0} …, or the name given by {@code <<}
 * @param id {@code meta.uuid} of the event or fact
 * @param body as the rule saw it
 */
public record MatchedEvent(String binding, EventId id, JsonText body) {}
