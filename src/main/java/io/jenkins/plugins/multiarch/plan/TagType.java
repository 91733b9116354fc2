package io.jenkins.plugins.multiarch.plan;

import java.util.Optional;
import java.util.Set;

/** The kinds of rules that docker/metadata-action has, and {@link #CHANNEL}; rules of higher priority come first. */
public enum TagType {
    /** Builds by a timer. */
    SCHEDULE("schedule", 1000, Set.of("pattern")),
    /** Versions of semantic versioning. */
    SEMVER("semver", 900, Set.of("pattern", "value", "match")),
    /** Versions of Python. */
    PEP440("pep440", 900, Set.of("pattern", "value", "match")),
    /** A part of the git tag. */
    MATCH("match", 800, Set.of("pattern", "group", "value")),
    /** The channel that is published to. */
    CHANNEL("channel", 750, Set.of()),
    /** The last commit of a branch. */
    EDGE("edge", 700, Set.of("branch")),
    /** The name of the branch, tag or pull request. */
    REF("ref", 600, Set.of("event")),
    /** What is written in the rule. */
    RAW("raw", 200, Set.of("value")),
    /** The commit. */
    SHA("sha", 100, Set.of("format", "length"));

    private final String text;
    private final int priority;
    private final Set<String> attributes;

    TagType(String text, int priority, Set<String> attributes) {
        this.text = text;
        this.priority = priority;
        this.attributes = attributes;
    }

    static Optional<TagType> find(String text) {
        for (TagType type : values()) {
            if (type.text.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int priority() {
        return priority;
    }

    /** What a rule of this type may say beside what every rule may. */
    Set<String> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return text;
    }
}
