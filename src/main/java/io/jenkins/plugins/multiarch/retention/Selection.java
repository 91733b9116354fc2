package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
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
            Map<String, List<TaggedManifest>> ranked = new TreeMap<>();
            for (TaggedManifest tag : meant) {
                if (count > 0 && order.ranks(tag)) {
                    ranked.computeIfAbsent(order.group(tag), none -> new ArrayList<>())
                            .add(tag);
                } else if (count > 0) {
                    verdicts.put(tag.tag(), TagVerdict.kept("its place by " + order + " is not known"));
                } else {
                    verdicts.put(tag.tag(), new TagVerdict(false, "none of them is kept"));
                }
            }
            ranked.forEach((variant, tags) -> verdicts.putAll(judge(variant, tags)));
            return verdicts;
        }

        /** An image has the place of the newest of its tags, and keeps the others with it. */
        private Map<Tag, TagVerdict> judge(String variant, List<TaggedManifest> tags) {
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            Map<Digest, Integer> places = new HashMap<>();
            for (TaggedManifest tag : tags.stream().sorted(order.newestFirst()).toList()) {
                int place = places.computeIfAbsent(tag.digest(), first -> places.size() + 1);
                String reason = "number " + place + " by " + order + VariantVersion.shown(variant) + ", the newest "
                        + count + " are kept";
                verdicts.put(tag.tag(), new TagVerdict(place <= count, reason));
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

    /** The highest patch versions of the highest minor versions, and prereleases of what is yet to come, of each variant. */
    record LastPatches(int minors, int patches) implements Selection {
        private static final int MINOR = 2;

        @Override
        public Map<Tag, TagVerdict> judge(List<TaggedManifest> meant, Instant now) {
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            Map<String, Map<Tag, Version>> variants = new TreeMap<>();
            for (TaggedManifest tag : meant) {
                VariantVersion.read(tag.tag().name())
                        .ifPresentOrElse(
                                version -> variants.computeIfAbsent(version.variant(), none -> new HashMap<>())
                                        .put(tag.tag(), version.version()),
                                () -> verdicts.put(
                                        tag.tag(),
                                        TagVerdict.kept("it is no version, where the rule goes by versions")));
            }
            variants.forEach((variant, versions) -> verdicts.putAll(judge(variant, versions)));
            return verdicts;
        }

        private Map<Tag, TagVerdict> judge(String variant, Map<Tag, Version> versions) {
            NavigableSet<Version> releases = new TreeSet<>(versions.values());
            releases.removeIf(Version::isPrerelease);
            NavigableSet<Version> kept = kept(releases);
            Map<Tag, TagVerdict> verdicts = new HashMap<>();
            versions.forEach((tag, version) -> verdicts.put(
                    tag,
                    version.isPrerelease()
                            ? prerelease(version, releases)
                            : release(kept.contains(version), VariantVersion.shown(variant))));
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
            return kept;
        }

        private TagVerdict release(boolean last, String variant) {
            return new TagVerdict(
                    last,
                    (last ? "" : "not one of them, ") + "the last " + patches + " patches of the last " + minors
                            + " minors" + variant + " are kept");
        }

        private static TagVerdict prerelease(Version version, NavigableSet<Version> releases) {
            boolean toCome = releases.isEmpty() || version.compareTo(releases.last()) > 0;
            return new TagVerdict(
                    toCome, toCome ? "a prerelease above all releases" : "a prerelease below " + releases.last());
        }
    }
}
