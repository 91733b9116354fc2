package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;

/**
 * Where the files that are built come from.
 *
 * @param kind {@code scm}, {@code stash} or {@code workspace}
 * @param stash its name; for a workspace the one it is given to carry it to other agents
 */
record Source(String kind, String stash) {
    private static final String STASH = "stash:";

    /** @throws ReleaseException if it is neither {@code scm}, {@code workspace} nor {@code stash:NAME} */
    static Source parse(String text) {
        if (text.startsWith(STASH) && text.length() > STASH.length()) {
            return new Source("stash", text.substring(STASH.length()));
        }
        if (!text.equals("scm") && !text.equals("workspace")) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is no source.", "Write scm, workspace, or stash:NAME.");
        }
        return new Source(text, "");
    }

    boolean isWorkspace() {
        return kind.equals("workspace");
    }

    Source carriedAs(String name) {
        return new Source(kind, name);
    }
}
