package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds an image against the record of another and tells what differs, and why that usually happens. */
final class Comparison {
    private static final String BASE = "LABEL org.opencontainers.image.base.digest";

    private final List<Difference> differences = new ArrayList<>();
    private final Set<Cause> causes = EnumSet.noneOf(Cause.class);

    private Comparison() {}

    static Comparison of(GateRecord recorded, GateRecord found) {
        Comparison comparison = new Comparison();
        Map<Platform, Fingerprint> were = byPlatform(recorded);
        Map<Platform, Fingerprint> are = byPlatform(found);
        were.forEach((platform, was) -> comparison.compare(was, are.get(platform), recorded.mode()));
        are.keySet().stream().filter(platform -> !were.containsKey(platform)).forEach(comparison::added);
        if (recorded.mode() == GateMode.MANIFEST && !recorded.digest().equals(found.digest())) {
            comparison.indexDiffers();
        }
        return comparison;
    }

    private static Map<Platform, Fingerprint> byPlatform(GateRecord record) {
        Map<Platform, Fingerprint> all = new LinkedHashMap<>();
        record.platforms().forEach(one -> all.putIfAbsent(one.platform(), one));
        return all;
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    List<Cause> causes() {
        return List.copyOf(causes);
    }

    private void added(Platform platform) {
        differences.add(new Difference(platform.toString(), "was not recorded"));
        causes.add(Cause.PLATFORMS);
    }

    private void indexDiffers() {
        if (differences.isEmpty()) {
            differences.add(new Difference("", "the image of every platform is the same, their index is another"));
            causes.add(Cause.INDEX_ONLY);
        }
    }

    private void compare(Fingerprint was, Fingerprint is, GateMode mode) {
        String platform = was.platform().toString();
        if (is == null) {
            differences.add(new Difference(platform, "is missing"));
            causes.add(Cause.PLATFORMS);
        } else if (!was.in(mode).equals(is.in(mode))) {
            explain(platform, was, is);
        }
    }

    private void explain(String platform, Fingerprint was, Fingerprint is) {
        boolean layersDiffer = !was.layers().equals(is.layers());
        if (layersDiffer) {
            firstLayer(platform, was, is);
        }
        Set<String> keys = settings(platform, was.config(), is.config());
        if (keys.contains(BASE)) {
            causes.add(Cause.BASE_MOVED);
        }
        if (layersDiffer) {
            return;
        }
        if (!was.imageId().equals(is.imageId())) {
            if (keys.isEmpty()) {
                differences.add(new Difference(platform, "the configuration differs only in its history"));
            }
            causes.add(ConfigKeys.areNotes(keys) ? Cause.TIMES : Cause.SETTINGS);
        } else {
            storedOtherwise(platform, was, is);
        }
    }

    private void firstLayer(String platform, Fingerprint was, Fingerprint is) {
        int first = firstDifference(was.layers(), is.layers());
        int count = Math.max(was.layers().size(), is.layers().size());
        StringBuilder text =
                new StringBuilder("layer " + (first + 1) + " of " + count + " is the first that differs: ");
        text.append(at(is.layers(), first)).append(" instead of ").append(at(was.layers(), first));
        String line = lineAt(is, first);
        String recordedLine = lineAt(was, first);
        if (!line.isEmpty()) {
            text.append(", made by '").append(line).append("'");
        }
        boolean otherLine = !line.equals(recordedLine);
        if (otherLine && !recordedLine.isEmpty()) {
            text.append(line.isEmpty() ? ", recorded as made by '" : " instead of '")
                    .append(recordedLine)
                    .append("'");
        }
        differences.add(new Difference(platform, text.toString()));
        causes.add(first == 0 ? Cause.BASE_MOVED : otherLine ? Cause.OTHER_STEP : Cause.RAN_AGAIN);
    }

    private static int firstDifference(List<Digest> was, List<Digest> is) {
        int i = 0;
        while (i < was.size() && i < is.size() && was.get(i).equals(is.get(i))) {
            i++;
        }
        return i;
    }

    private static String at(List<Digest> layers, int i) {
        return i < layers.size() ? layers.get(i).toString() : "none";
    }

    private static String lineAt(Fingerprint image, int i) {
        return i < image.history().size() ? image.history().get(i) : "";
    }

    private Set<String> settings(String platform, Map<String, String> was, Map<String, String> is) {
        Set<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        keys.removeIf(key -> was.containsKey(key) && was.get(key).equals(is.get(key)));
        keys.forEach(key -> differences.add(new Difference(platform, setting(key, was.get(key), is.get(key)))));
        return keys;
    }

    private static String setting(String key, String was, String is) {
        if (was == null) {
            return key + " is new" + (is.isEmpty() ? "" : ": '" + is + "'");
        }
        if (is == null) {
            return key + " is gone" + (was.isEmpty() ? "" : ", it was '" + was + "'");
        }
        return key + " is '" + is + "' instead of '" + was + "'";
    }

    private void storedOtherwise(String platform, Fingerprint was, Fingerprint is) {
        int first = firstDifference(was.blobs(), is.blobs());
        boolean sameBlobs = was.blobs().equals(is.blobs());
        differences.add(new Difference(
                platform,
                sameBlobs
                        ? "configuration and layers are the same, the manifest names them otherwise"
                        : "configuration and files are the same, layer " + (first + 1)
                                + " is the first that is compressed otherwise: " + at(is.blobs(), first)
                                + " instead of "
                                + at(was.blobs(), first)));
        causes.add(Cause.STORED_OTHERWISE);
    }
}
