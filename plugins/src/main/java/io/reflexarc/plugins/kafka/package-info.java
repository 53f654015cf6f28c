// SPDX-License-Identifier: Apache-2.0
/** Kafka: the source that reads topics. */
@NullMarked
package io.reflexarc.plugins.kafka;

import org.jspecify.annotations.NullMarked;
