// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.http;

import io.reflexarc.core.action.Action;

/** What can be done over HTTP alone. */
public sealed interface HttpAction extends Action permits HttpRequest {}
