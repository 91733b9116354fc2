package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * In which order tags move: names of one release first, then names of a line of releases, then channels, and
 * {@code latest} at the very end, so that nobody who follows a channel finds a release whose own name is not there yet.
 * Documents of channels come behind all of them.
 */
final class MoveOrder {
    private static final Pattern RELEASE = Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+.*|sha-[0-9a-f]+");
    private static final Pattern LINE = Pattern.compile("v?[0-9]+(\\.[0-9]+)?(-.*)?");

    private MoveOrder() {}

    /** Those of one list may move at once, all of them before those of the next. */
    static List<List<TagChange>> waves(List<TagChange> changes) {
        Map<Integer, List<TagChange>> waves = new TreeMap<>();
        changes.forEach(change ->
                waves.computeIfAbsent(rank(change), rank -> new ArrayList<>()).add(change));
        return List.copyOf(waves.values());
    }

    /** Whether a tag names one release. */
    static boolean isRelease(Tag tag) {
        return RELEASE.matcher(tag.name()).matches();
    }

    private static int rank(TagChange change) {
        Tag tag = change.name().tag();
        if (change.last()) {
            return 4;
        }
        if (tag.equals(Tag.LATEST)) {
            return 3;
        }
        if (isRelease(tag)) {
            return 0;
        }
        return LINE.matcher(tag.name()).matches() ? 1 : 2;
    }
}
