package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Arrays;
import java.util.Locale;

/** What happens to a platform when no agent with its label is online. */
enum Unavailable {
    /** It waits, for a limited time. A label that no agent has at all is refused, as it is most likely misspelt. */
    DEFAULT,
    /** It waits, for a limited time, also for an agent that Jenkins does not know yet. */
    WAIT,
    /** It is built under emulation on an agent of the label {@code default}; where none of these is online either, it waits. */
    EMULATE,
    /** It is left out, if it is one of the optional platforms. */
    SKIP,
    /** It fails at once. */
    FAIL;

    /** @throws ReleaseException if there is no such word */
    static Unavailable parse(@CheckForNull String text) {
        if (text == null) {
            return DEFAULT;
        }
        return Arrays.stream(values())
                .filter(value -> value != DEFAULT && value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + Shown.of(text) + "' is nothing that can be done when an agent is unavailable.",
                        "Write wait, emulate, skip or fail."));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
