package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.version.VersionScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What a project has decided once for all of its builds: the trigger table, and how tags, labels and versions are made.
 *
 * @param rules the trigger table; the first that is for a build decides
 * @param paths which files matter, so that builds that change none of them can be skipped
 * @param dependencies which files say what is downloaded, so that caches are worth writing
 * @param officialSource the one repository whose builds publish; empty where each does
 * @param channels the channels that there are
 * @param stableChannels those of them that take no pre-releases, and that versions are published to
 * @param prereleaseChannel where pre-releases go instead; empty for nowhere
 * @param allowPrereleases whether pre-releases may go to stable channels and to latest all the same
 * @param onlyIfHighest whether latest, and tags that stand for several versions, move only to the highest
 * @param labels further labels, whose values may hold expressions
 * @param annotations further annotations, with a level before the key where they are not for the images
 */
public record ReleaseRules(
        List<TriggerRule> rules,
        TagRules tags,
        PathFilter paths,
        PathFilter dependencies,
        List<VersionFile> versionFiles,
        VersionScheme versionScheme,
        String officialSource,
        List<String> channels,
        List<String> stableChannels,
        String prereleaseChannel,
        boolean allowPrereleases,
        boolean onlyIfHighest,
        Map<String, String> labels,
        Map<String, String> annotations) {
    /** The largest file with rules that is read, in bytes. */
    public static final int MAX_SIZE = 1 << 20;

    /** What holds where a project says nothing. */
    public static ReleaseRules standard() {
        return RulesReader.read(Json.object(), standardJson());
    }

    /** Reads rules in JSON, as docs/release-plan.md describes them. What they leave out is as in {@link #standard}. */
    public static ReleaseRules parse(byte[] json) {
        if (json.length > MAX_SIZE) {
            throw new ReleaseException(
                    "The rules for releases have more than " + MAX_SIZE + " bytes.",
                    "Check that it is the file you meant.");
        }
        return RulesReader.read(Json.readFew(json, "The file with rules for releases"), standardJson());
    }

    /** Rules as a Pipeline writes them, in maps, lists, texts, numbers, true and false, as the text that {@link #parse} reads. */
    public static String json(Map<?, ?> arguments) {
        return PipelineValues.object(arguments).toString();
    }

    /** Rules are one file of the plugin's own. */
    private static ObjectNode standardJson() {
        try (InputStream in = ReleaseRules.class.getResourceAsStream("standard-rules.json")) {
            return Json.read(in.readAllBytes(), "The standard rules");
        } catch (IOException e) {
            throw new UncheckedIOException("the standard rules are in the same jar", e);
        }
    }

    boolean isStable(String channel) {
        return stableChannels.contains(channel);
    }
}
