// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.source.Source;

/** Sources that ask HTTP servers. */
public sealed interface HttpSource extends Source permits UrlCheck {}
