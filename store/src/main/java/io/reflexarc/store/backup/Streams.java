// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Files of a backup, by name. */
public interface Streams {
    /** Begins a file. */
    OutputStream write(String file) throws IOException;

    /** Opens a file. */
    InputStream read(String file) throws IOException;
}
