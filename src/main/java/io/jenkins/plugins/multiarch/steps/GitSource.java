package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.builder.GitAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/**
 * The one place that the Git plugin is configured to take a revision from, as far as its configuration leaves no doubt.
 *
 * @param repository its address without a login; empty where there are several, where a build fills it in, where a password
 *     cannot be told from it, or where what is taken was merged only on the spot
 * @param ref {@code refs/heads/main} where the configuration is that exact, else in its own words; empty where several
 *     would fit
 */
record GitSource(String repository, String ref) {
    static final GitSource UNKNOWN = new GitSource("", "");

    private static final String BRANCHES = "refs/heads/";
    private static final String ANY_REMOTE = "*/";

    /** Branches under their own names, as the Git plugin fetches them unless told otherwise. */
    private static final String USUAL_REFSPEC = "\\+?refs/heads/\\*:refs/remotes/[^/*]+/\\*";

    private static final Set<String> CHOOSERS = Set.of("BuildChooserSetting");

    /** @param scm the arguments of a {@code GitSCM}, as a {@link DescribableModel} gives them */
    static GitSource of(Map<?, ?> scm) {
        List<Map<?, ?>> remotes = entries(scm, "userRemoteConfigs");
        if (remotes.size() != 1 || hasExtension(scm, Revision.MERGES)) {
            return UNKNOWN;
        }
        String url = GitAddress.withoutLogin(text(remotes.get(0).get("url")));
        return url.isEmpty() || url.contains("$")
                ? UNKNOWN
                : new GitSource(url, ref(scm, text(remotes.get(0).get("refspec"))));
    }

    private static String ref(Map<?, ?> scm, String refspec) {
        List<Map<?, ?>> branches = entries(scm, "branches");
        boolean usual = refspec.isEmpty() || refspec.matches(USUAL_REFSPEC);
        if (branches.size() != 1 || !usual || hasExtension(scm, CHOOSERS)) {
            return "";
        }
        String branch = text(branches.get(0).get("name"));
        String ref = branch.startsWith(ANY_REMOTE) ? BRANCHES + branch.substring(ANY_REMOTE.length()) : branch;
        return ref.matches("[^*$:\\s]*[^*$:\\s/]") ? ref : "";
    }

    private static boolean hasExtension(Map<?, ?> scm, Set<String> names) {
        return scm.get("extensions") instanceof List<?> extensions
                && extensions.stream()
                        .map(extension -> extension instanceof Map<?, ?> described
                                ? text(described.get(DescribableModel.CLAZZ))
                                : extension.getClass().getSimpleName())
                        .anyMatch(names::contains);
    }

    private static List<Map<?, ?>> entries(Map<?, ?> scm, String list) {
        return scm.get(list) instanceof List<?> entries
                ? entries.stream()
                        .<Map<?, ?>>flatMap(entry -> entry instanceof Map<?, ?> map ? Stream.of(map) : Stream.of())
                        .toList()
                : List.of();
    }

    private static String text(@CheckForNull Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
