// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

/** A template that cannot be read or evaluated; {@link Templates} turns it into a problem. */
final class TemplateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFailure(String message) {
        super(message, null, false, false);
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
