// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.kafka;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.reflexarc.core.source.Source;

/** Sources that read Kafka. */
public sealed interface KafkaSource extends Source permits KafkaTopics {
    /** A wrong argument. */
    static ProblemException wrong(String sentence) {
        return new ProblemException(ProblemType.INVALID, sentence);
    }
}
