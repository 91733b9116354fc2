package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of the tags that a rule means are kept. */
public sealed interface Selection {

    /** What it says of each of them. */
    Map<Tag, TagVerdict> judge(List<TaggedManifest> meant, Instant now);

    /** Whether it goes by time. */
    default boolean needsTimes() {
        return false;
    }

    /** The newest images, with all of their tags that the rule means. */
    record Newest(int count, TagOrder order) implements Selection {
        @Override
        public boolean needsTimes() {
            return order == TagOrder.AGE;
        }

        @Override
        public Map<Tag, TagVerdict> judge(List<TaggedManifest> meant, Instant now) {
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            List<TaggedManifest> ranked = new ArrayList<>();
            for (TaggedManifest tag : meant) {
                if (count > 0 && order.ranks(tag)) {
                    ranked.add(tag);
                } else if (count > 0) {
                    verdicts.put(tag.tag(), TagVerdict.kept("its place by " + order + " is not known"));
                } else {
                    verdicts.put(tag.tag(), new TagVerdict(false, "none of them is kept"));
                }
            }
            ranked.sort(order.newestFirst());
            Set<Digest> images = new HashSet<>();
            for (TaggedManifest tag : ranked) {
                images.add(tag.digest());
                String place = "number " + images.size() + " by " + order + ", the newest " + count + " are kept";
                verdicts.put(tag.tag(), new TagVerdict(images.size() <= count, place));
            }
            return verdicts;
        }
    }

    /** All younger than an age. */
    record Younger(Duration age) implements Selection {
        @Override
        public boolean needsTimes() {
            return true;
        }

        @Override
        public Map<Tag, TagVerdict> judge(List<TaggedManifest> meant, Instant now) {
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            meant.forEach(tag -> verdicts.put(tag.tag(), judge(tag, now)));
            return verdicts;
        }

        private TagVerdict judge(TaggedManifest tag, Instant now) {
            if (tag.time().isEmpty()) {
                return TagVerdict.kept("nobody knows its age");
            }
            boolean young = tag.time().get().isAfter(now.minus(age));
            return new TagVerdict(young, (young ? "younger than " : "not younger than ") + Ages.shown(age));
        }
    }

    /** The highest patch versions of the highest minor versions, and prereleases of what is yet to come. */
    record LastPatches(int minors, int patches) implements Selection {
        private static final int MINOR = 2;

        @Override
        public Map<Tag, TagVerdict> judge(List<TaggedManifest> meant, Instant now) {
            Map<Tag, Version> versions = new HashMap<>();
            NavigableSet<Version> releases = new TreeSet<>();
            for (TaggedManifest tag : meant) {
                Version.readPadded(tag.tag().name()).ifPresent(version -> {
                    versions.put(tag.tag(), version);
                    if (!version.isPrerelease()) {
                        releases.add(version);
                    }
                });
            }
            NavigableSet<Version> kept = kept(releases);
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            meant.forEach(tag ->
                    verdicts.put(tag.tag(), judge(Optional.ofNullable(versions.get(tag.tag())), releases, kept)));
            return verdicts;
        }

        private NavigableSet<Version> kept(NavigableSet<Version> releases) {
            NavigableSet<Version> kept = new TreeSet<>();
            Map<String, Integer> patchesOf = new TreeMap<>();
            for (Version release : releases.descendingSet()) {
                String minor = String.join(".", release.numbers().subList(0, MINOR));
                if (patchesOf.containsKey(minor) || patchesOf.size() < minors) {
                    int patch = patchesOf.merge(minor, 1, Integer::sum);
                    Optional.of(release).filter(one -> patch <= patches).ifPresent(kept::add);
                }
            }
            return Collections.unmodifiableNavigableSet(kept);
        }

        private TagVerdict judge(
                Optional<Version> version, NavigableSet<Version> releases, NavigableSet<Version> kept) {
            if (version.isEmpty()) {
                return TagVerdict.kept("it is no version, where the rule goes by versions");
            }
            String rule = "the last " + patches + " patches of the last " + minors + " minors are kept";
            if (!version.get().isPrerelease()) {
                boolean last = kept.contains(version.get());
                return new TagVerdict(last, (last ? "" : "not one of them, ") + rule);
            }
            boolean toCome = releases.isEmpty() || version.get().compareTo(releases.last()) > 0;
            return new TagVerdict(
                    toCome, toCome ? "a prerelease above all releases" : "a prerelease below " + releases.last());
        }
    }
}
