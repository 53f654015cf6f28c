// SPDX-License-Identifier: Apache-2.0
/** Amazon Web Services: the source that reads SQS queues. */
@NullMarked
package io.reflexarc.plugins.aws;

import org.jspecify.annotations.NullMarked;
