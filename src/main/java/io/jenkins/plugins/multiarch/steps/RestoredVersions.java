package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.retention.RestoreReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What was brought back, as a Pipeline sees it. */
public final class RestoredVersions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> restored;
    private final ArrayList<String> left;

    RestoredVersions(RestoreReport report) {
        restored = new ArrayList<>(report.restored());
        left = new ArrayList<>(report.left());
    }

    /** Manifests and tags that are there again, by their references; without those that had never gone. */
    @Whitelisted
    public List<String> getRestored() {
        return List.copyOf(restored);
    }

    /** What could not be brought back, or was left alone, each a sentence with the reason. */
    @Whitelisted
    public List<String> getLeft() {
        return List.copyOf(left);
    }
}
