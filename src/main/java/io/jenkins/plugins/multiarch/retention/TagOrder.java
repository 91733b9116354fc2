package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of several tags is the newest. */
public enum TagOrder {
    /** The image that was created, pushed or promoted last. */
    AGE(tag -> tag.time().map(time -> (Comparable<?>) time)),
    /** The highest version (SemVer 2.0.0, section 11), of each variant. */
    VERSION(tag -> VariantVersion.read(tag.tag().name()).map(version -> (Comparable<?>) version.version())),
    /** The last by its name, numbers in it by their value: {@code build-9} before {@code build-10}. */
    NAME(tag -> Optional.of(NaturalName.of(tag.tag().name())));

    private final Function<TaggedManifest, Optional<Comparable<?>>> rank;

    TagOrder(Function<TaggedManifest, Optional<Comparable<?>>> rank) {
        this.rank = rank;
    }

    static TagOrder parse(String text) {
        for (TagOrder order : values()) {
            if (order.toString().equals(text.strip())) {
                return order;
            }
        }
        throw new ReleaseException(
                "'" + Shown.of(text) + "' is no order in which tags are kept.",
                "Write one of " + Stream.of(values()).map(TagOrder::toString).collect(Collectors.joining(", ")) + ".");
    }

    /** Whether a tag has a place in this order. */
    boolean ranks(TaggedManifest tag) {
        return rank.apply(tag).isPresent();
    }

    /** The variant among whose tags a tag has its place; empty for all others. */
    String group(TaggedManifest tag) {
        return this == VERSION
                ? VariantVersion.read(tag.tag().name())
                        .map(VariantVersion::variant)
                        .orElse("")
                : "";
    }

    /** The newest first, of tags that have a place. */
    @SuppressWarnings("unchecked")
    Comparator<TaggedManifest> newestFirst() {
        Comparator<TaggedManifest> oldestFirst =
                Comparator.comparing(tag -> (Comparable<Object>) rank.apply(tag).orElseThrow());
        return oldestFirst.reversed().thenComparing(TaggedManifest::tag, Comparator.reverseOrder());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
