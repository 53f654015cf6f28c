// SPDX-License-Identifier: Apache-2.0
/**
 * A rulebook run without any server: the engine's session on an inbox in memory, sources in front of it, the workers of
 * production behind it. {@link io.reflexarc.app.run.RulebookRun} is the whole of it; it knows no terminal.
 */
@NullMarked
package io.reflexarc.app.run;

import org.jspecify.annotations.NullMarked;
