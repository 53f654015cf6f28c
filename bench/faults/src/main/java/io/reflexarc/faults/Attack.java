// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.faults;

import java.util.List;
import java.util.Map;

/** Something that is sent to break or to fool the site, outside the load. */
interface Attack {
    /** As in the list of tests. */
    String id();

    /** What is done. */
    String title();

    /** Does it; answers what is wrong, and adds what was measured to the numbers. */
    List<String> run(Prey prey, Map<String, Object> numbers) throws Exception;
}
