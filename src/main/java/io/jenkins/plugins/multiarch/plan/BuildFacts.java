package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a build when its plan is made.
 *
 * @param defaultBranch the branch that releases come from, as a rule {@code main}
 * @param targetBranch where a pull request wants to go; empty where that is not known
 * @param source the address of the repository that is built; empty where that is not known
 * @param job the job's name, for the key of concurrency; may be empty
 * @param commit the commit in full; empty where that is not known
 * @param date when the build began
 * @param changedFiles paths from the top of the repository, absent where nobody knows what changed
 * @param knownTags the tags of the repository or of its images, absent where nobody looked
 * @param versions the versions that files say
 * @param base the base image with its digest
 */
public record BuildFacts(
        Ref ref,
        Cause cause,
        Phase phase,
        String defaultBranch,
        String targetBranch,
        String source,
        String job,
        String commit,
        Optional<Instant> commitDate,
        Instant date,
        Optional<List<String>> changedFiles,
        Optional<List<String>> knownTags,
        List<FoundVersion> versions,
        ManualInputs inputs,
        Optional<ImageRef> base) {

    public BuildFacts {
        changedFiles = changedFiles.map(List::copyOf);
        knownTags = knownTags.map(List::copyOf);
        versions = List.copyOf(versions);
    }

    /** Begins with what must be known. */
    public static Builder of(Ref ref, Cause cause, Instant date) {
        return new Builder(ref, cause, date);
    }

    /** Whether this builds what somebody proposes, by either sign. */
    public boolean isPullRequest() {
        return ref.isPullRequest() || cause == Cause.PULL_REQUEST;
    }

    /** Whether somebody chose what this build does. */
    boolean listensToInputs() {
        return cause == Cause.MANUAL || cause == Cause.UPSTREAM;
    }

    boolean isOfDefaultBranch() {
        return ref.isBranch() && ref.name().equals(defaultBranch);
    }

    /** Gathers facts one by one; what is not said is not known. */
    public static final class Builder {
        private final Ref ref;
        private final Cause cause;
        private final Instant date;
        private Phase phase = Phase.BUILD;
        private String defaultBranch = "main";
        private String targetBranch = "";
        private String source = "";
        private String job = "";
        private String commit = "";
        private Optional<Instant> commitDate = Optional.empty();
        private Optional<List<String>> changedFiles = Optional.empty();
        private Optional<List<String>> knownTags = Optional.empty();
        private List<FoundVersion> versions = List.of();
        private ManualInputs inputs = ManualInputs.NONE;
        private Optional<ImageRef> base = Optional.empty();

        private Builder(Ref ref, Cause cause, Instant date) {
            this.ref = ref;
            this.cause = cause;
            this.date = date;
        }

        public Builder phase(Phase value) {
            phase = value;
            return this;
        }

        public Builder defaultBranch(String value) {
            defaultBranch = value;
            return this;
        }

        public Builder targetBranch(String value) {
            targetBranch = value;
            return this;
        }

        public Builder source(String value) {
            source = value;
            return this;
        }

        public Builder job(String value) {
            job = value;
            return this;
        }

        public Builder commit(String value) {
            commit = value;
            return this;
        }

        public Builder commitDate(Instant value) {
            commitDate = Optional.of(value);
            return this;
        }

        public Builder changedFiles(List<String> value) {
            changedFiles = Optional.of(value);
            return this;
        }

        public Builder knownTags(List<String> value) {
            knownTags = Optional.of(value);
            return this;
        }

        public Builder versions(List<FoundVersion> value) {
            versions = value;
            return this;
        }

        public Builder inputs(ManualInputs value) {
            inputs = value;
            return this;
        }

        public Builder base(ImageRef value) {
            base = Optional.of(value);
            return this;
        }

        public BuildFacts build() {
            return new BuildFacts(
                    ref,
                    cause,
                    phase,
                    defaultBranch,
                    targetBranch,
                    source,
                    job,
                    commit,
                    commitDate,
                    date,
                    changedFiles,
                    knownTags,
                    versions,
                    inputs,
                    base);
        }
    }
}
