package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Comparator;

/** A tag with its repository, as a lock and a journal name it: {@code ghcr.io/acme/app:1.4}. */
public record TagName(Repository repository, Tag tag) implements Comparable<TagName> {
    private static final Comparator<TagName> ORDER =
            Comparator.comparing(TagName::repository).thenComparing(TagName::tag);

    @Override
    public int compareTo(TagName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
