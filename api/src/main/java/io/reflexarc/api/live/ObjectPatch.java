// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.api.endpoint.Constraint.AnyObject;

/**
 * New values of some fields of an object, named as in its resource.
 *
 * @param kind {@code activation} or {@code task}
 * @param id of the object
 * @param rev grows with every change of the object
 * @param patch the fields
 */
public record ObjectPatch(
        String kind, String id, long rev, @AnyObject JsonNode patch) {}
