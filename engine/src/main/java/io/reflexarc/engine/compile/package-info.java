// SPDX-License-Identifier: Apache-2.0
/** From the condition tree to Drools: operators, the one evaluator, constraints of prototypes, the rule unit. */
@NullMarked
package io.reflexarc.engine.compile;

import org.jspecify.annotations.NullMarked;
