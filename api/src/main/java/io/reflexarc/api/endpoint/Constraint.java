// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of an input or output record must keep to, beyond its type. */
public @interface Constraint {
    /** Bounds of a text, in characters. A text of an input without them has at most 255. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Length {
        /** At least. */
        int min() default 0;

        /** At most. */
        int max() default 255;
    }

    /** A JSON text that is always an object. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface AnyObject {}

    /** One sentence for the document. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Says {
        /** The sentence. */
        String value();
    }
}
