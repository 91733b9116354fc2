package io.jenkins.plugins.multiarch.builder;

import java.util.Map;

/** The part of the script for buildah and podman, whose commands are the same. */
final class BuildahScript {
    private final BuildPlan plan;
    private final ChosenBuilder chosen;
    private final StringBuilder text = new StringBuilder();

    BuildahScript(BuildPlan plan, ChosenBuilder chosen) {
        this.plan = plan;
        this.chosen = chosen;
    }

    String text() {
        boolean reads = plan.cache().filter(Cache::read).isPresent() && !plan.fresh();
        boolean writes = plan.cache().filter(Cache::write).isPresent();
        if ((reads || writes) && !chosen.can(Feature.CACHE_WRITE)) {
            text.append("echo 'Building without the cache: buildah knows caches since 1.28, podman since 4.3.'\n");
        }
        text.append("image=localhost/$(cat \"$folder/")
                .append(BuildFolder.NAME)
                .append("\")\n")
                .append(BuilderScript.cleanup(chosen.kind() + " rmi \"$image\""))
                .append(build(reads, writes))
                .append(chosen.kind())
                .append(" push --quiet \"$image\" \"oci:$folder/")
                .append(BuildFolder.LAYOUT)
                .append(":image\"\n");
        return text.toString();
    }

    private ShellCommand build(boolean reads, boolean writes) {
        ShellCommand command = new ShellCommand(chosen.kind() + " build").words("--format oci");
        if (chosen.can(Feature.NAMED_CONTEXTS) || !PinnedDockerfile.isNeeded(plan)) {
            command.flag("--file", plan.dockerfilePath());
            BuilderScript.arguments(plan, chosen, command);
            BuilderScript.contexts(plan, command);
        } else {
            command.words("--file \"$folder/" + BuildFolder.DOCKERFILE + "\"");
            BuilderScript.arguments(plan, chosen, command);
        }
        for (Map.Entry<String, Secret> secret : plan.secrets().entrySet()) {
            String id = secret.getKey();
            command.words(
                    secret.getValue().file()
                            ? "--secret \"id=" + id + ",src=$folder/" + BuildFolder.SECRETS + "/" + id + "\""
                            : "--secret id=" + id + ",src=" + secret.getValue().variable() + ",type=env");
        }
        plan.sourceDateEpoch().ifPresent(seconds -> command.words("--timestamp " + seconds));
        command.wordsIf(plan.fresh(), "--no-cache --pull-always");
        cache(command, reads, writes);
        return command.words("--tag \"$image\"").words(BuilderScript.context(plan));
    }

    /** The tags of such a cache are digests of what they hold, so platforms and variants share the repository. */
    private void cache(ShellCommand command, boolean reads, boolean writes) {
        boolean cached = (reads || writes) && chosen.can(Feature.CACHE_WRITE);
        command.words("--layers=" + cached);
        plan.cache().filter(cache -> cached).ifPresent(cache -> {
            String repository =
                    cache.reference(plan.name(), plan.platform()).repository().toString();
            if (reads) {
                command.flag("--cache-from", repository);
            }
            if (writes) {
                command.flag("--cache-to", repository);
            }
        });
    }
}
