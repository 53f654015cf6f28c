// SPDX-License-Identifier: Apache-2.0
/**
 * Activations at work: who runs which ({@link io.reflexarc.engine.activation.ActivationSupervisor}), and the loop of read,
 * decide and commit. What an entry decides is none of this package's business.
 */
@NullMarked
package io.reflexarc.engine.activation;

import org.jspecify.annotations.NullMarked;
