package io.jenkins.plugins.multiarch.builder;

import java.util.List;
import java.util.Map;

/** The part of the script for buildx, and for docker with the BuildKit of its daemon. */
final class BuildKitScript {
    private final BuildPlan plan;
    private final ChosenBuilder chosen;

    /** Whether the Dockerfile is one that we wrote, as names cannot be given a meaning otherwise. */
    private final boolean pinned;

    private final StringBuilder text = new StringBuilder();

    BuildKitScript(BuildPlan plan, ChosenBuilder chosen) {
        this.plan = plan;
        this.chosen = chosen;
        this.pinned = !chosen.can(Feature.NAMED_CONTEXTS) && PinnedDockerfile.isNeeded(plan);
    }

    String text() {
        if (chosen.kind() == BuilderKind.DOCKER) {
            text.append("export DOCKER_BUILDKIT=1\n");
        }
        text.append("export BUILDX_NO_DEFAULT_ATTESTATIONS=\"${BUILDX_NO_DEFAULT_ATTESTATIONS-1}\"\n");
        plan.sourceDateEpoch()
                .ifPresent(seconds ->
                        text.append("export SOURCE_DATE_EPOCH=").append(seconds).append('\n'));
        remarks();
        List<String> folders = pinned ? PinnedDockerfile.folders(plan) : List.of();
        boolean stored = !chosen.can(Feature.OCI_OUTPUT);
        if (stored || !folders.isEmpty()) {
            text.append("image=$(cat \"$folder/").append(BuildFolder.NAME).append("\")\n");
            text.append(BuilderScript.cleanup("docker image rm" + images(stored, folders.size())));
        }
        for (int i = 0; i < folders.size(); i++) {
            text.append(context(folders.get(i), i + 1));
        }
        text.append(build(stored));
        if (stored) {
            text.append("docker image save --output \"$folder/")
                    .append(BuildFolder.SAVED)
                    .append("\" \"$image\"\n");
        }
        return text.toString();
    }

    private void remarks() {
        plan.cache().ifPresent(cache -> {
            if (cache.read() && !plan.fresh() && !chosen.can(Feature.CACHE_READ)) {
                remark("Building without reading the cache: docker's own BuildKit reads none; buildx does.");
            }
            if (cache.write() && !chosen.can(Feature.CACHE_WRITE)) {
                remark("Building without writing the cache: dockerd without the containerd image store writes none.");
            }
        });
    }

    private void remark(String sentence) {
        text.append("echo ").append(ShellQuote.of(sentence)).append('\n');
    }

    private static String images(boolean stored, int folders) {
        StringBuilder images = new StringBuilder(stored ? " \"$image\"" : "");
        for (int i = 1; i <= folders; i++) {
            images.append(" \"$image-").append(i).append('"');
        }
        return images.toString();
    }

    private ShellCommand command() {
        return new ShellCommand(chosen.kind() == BuilderKind.BUILDX ? "docker buildx build" : "docker build")
                .words("--progress=plain");
    }

    /** @param folder empty for the prebuilt programs */
    private ShellCommand context(String folder, int number) {
        return command()
                .flag("--platform", plan.platform().toString())
                .words("--file \"$folder/" + BuildFolder.CONTEXT_DOCKERFILE + "\"")
                .words((byBuildx() ? "--load " : "") + "--tag \"$image-" + number + "\"")
                .words(folder.isEmpty() ? "\"$folder/" + BuildFolder.ARTIFACTS + "\"" : ShellQuote.path(folder));
    }

    /** Docker's own command is buildx's too since Docker 23, and then may build elsewhere than in the daemon. */
    private boolean byBuildx() {
        return chosen.kind() == BuilderKind.BUILDX || chosen.can(Feature.METADATA);
    }

    private ShellCommand build(boolean stored) {
        ShellCommand command = command();
        if (pinned) {
            command.words("--file \"$folder/" + BuildFolder.DOCKERFILE + "\"");
        } else {
            command.flag("--file", plan.dockerfilePath());
        }
        BuilderScript.arguments(plan, chosen, command);
        if (!pinned) {
            BuilderScript.contexts(plan, command);
        }
        secrets(command);
        freshness(command);
        if (stored) {
            command.words((byBuildx() ? "--load " : "") + "--tag \"$image\"");
        } else {
            command.words("--output \"type=oci,dest=$folder/" + BuildFolder.ARCHIVE
                    + (plan.sourceDateEpoch().isPresent() ? ",rewrite-timestamp=true\"" : "\""));
        }
        command.wordsIf(chosen.can(Feature.METADATA), "--metadata-file \"$folder/" + BuildFolder.METADATA + "\"");
        return command.words(BuilderScript.context(plan));
    }

    private void secrets(ShellCommand command) {
        for (Map.Entry<String, Secret> secret : plan.secrets().entrySet()) {
            String id = secret.getKey();
            command.words(
                    secret.getValue().file()
                            ? "--secret \"id=" + id + ",src=$folder/" + BuildFolder.SECRETS + "/" + id + "\""
                            : "--secret id=" + id + ",env=" + secret.getValue().variable());
        }
    }

    /** Folders that became images of the daemon would be looked for in a registry by {@code --pull}. */
    private void freshness(ShellCommand command) {
        if (plan.fresh()) {
            boolean local = pinned && !PinnedDockerfile.folders(plan).isEmpty();
            command.words(local ? "--no-cache" : "--no-cache --pull");
        }
        plan.cache().ifPresent(cache -> {
            String reference = "type=registry,ref=" + cache.reference(plan.name(), plan.platform());
            if (cache.read() && !plan.fresh() && chosen.can(Feature.CACHE_READ)) {
                command.flag("--cache-from", reference);
            }
            if (cache.write() && chosen.can(Feature.CACHE_WRITE)) {
                command.flag(
                        "--cache-to",
                        reference + ",mode=" + cache.mode()
                                + ",image-manifest=true,oci-mediatypes=true,compression=zstd,ignore-error=true");
            }
        });
    }
}
