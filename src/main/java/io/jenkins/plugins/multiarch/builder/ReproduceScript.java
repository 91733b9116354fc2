package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The script with which a developer builds the same image on a laptop, where the newest version of the same builder is
 * expected. It leaves an OCI archive and pushes nothing.
 */
public final class ReproduceScript {
    private final BuildPlan plan;
    private final ChosenBuilder chosen;
    private final StringBuilder text = new StringBuilder();

    private ReproduceScript(BuildPlan plan, ChosenBuilder chosen) {
        this.plan = plan;
        this.chosen = chosen;
    }

    /**
     * The text of {@code reproduce.sh} for one platform.
     *
     * @param repositoryUrl of the source; empty if it is not known
     * @param revision of the source
     * @param bases the exact base images that were used, by their name in the Dockerfile
     */
    public static String of(
            BuildPlan plan, ChosenBuilder chosen, String repositoryUrl, String revision, Map<String, ImageRef> bases) {
        Map<String, ImageRef> exact = new TreeMap<>(plan.baseImages());
        exact.putAll(bases);
        BuilderKind kind = chosen.kind() == BuilderKind.DOCKER ? BuilderKind.BUILDX : chosen.kind();
        ChosenBuilder newest = new ChosenBuilder(
                kind, chosen.version(), chosen.reason(), chosen.emulated(), EnumSet.allOf(Feature.class));
        return new ReproduceScript(plan.withBaseImages(exact), newest).write(repositoryUrl, revision, chosen.kind());
    }

    private String write(String repositoryUrl, String revision, BuilderKind used) {
        text.append("#!/bin/sh\n# Builds ")
                .append(plan.platform())
                .append(plan.name().isEmpty() ? "" : " of " + Shown.of(plan.name()))
                .append(" as it was built by ")
                .append(used)
                .append(chosen.version().isEmpty() ? "" : " " + Shown.of(chosen.version()))
                .append(chosen.emulated() ? ", emulated" : "")
                .append(".\n# Leaves ")
                .append(archive())
                .append(", an OCI archive; skopeo copies it anywhere. Pushes nothing.\nset -eu\n");
        source(repositoryUrl, revision);
        secrets();
        prebuilt();
        plan.sourceDateEpoch()
                .ifPresent(seconds ->
                        text.append("export SOURCE_DATE_EPOCH=").append(seconds).append('\n'));
        switch (chosen.kind()) {
            case BUILDAH, PODMAN -> buildah();
            case DAEMONLESS -> daemonless();
            default -> buildx();
        }
        return text.toString();
    }

    private String archive() {
        return (plan.name().isEmpty() ? "" : plan.name() + "-")
                + plan.platform().slug() + ".oci.tar";
    }

    private void source(String repositoryUrl, String revision) {
        String address = GitAddress.withoutLogin(repositoryUrl);
        if (address.isEmpty()) {
            text.append("# Run it in the folder that holds the source.\n");
            return;
        }
        text.append("git clone ").append(ShellQuote.path(address)).append(" source\ncd source\n");
        if (!revision.isEmpty()) {
            text.append("git checkout --quiet --detach ")
                    .append(ShellQuote.path(revision))
                    .append('\n');
        }
    }

    private void secrets() {
        plan.secrets()
                .forEach((id, secret) -> text.append("# The secret ")
                        .append(id)
                        .append(secret.file() ? ", a file whose path" : ", which")
                        .append(" the variable has to hold:\n: \"${")
                        .append(secret.variable())
                        .append("?}\"\n"));
    }

    private void prebuilt() {
        plan.prebuilt().forEach((key, folder) -> {
            if (TargetTriple.platform(key).satisfies(plan.platform())) {
                String arch = "artifacts/" + plan.platform().arch();
                text.append("# The programs compiled before, which have to be there:\nmkdir -p ")
                        .append(arch)
                        .append("\ncp -R -p ")
                        .append(ShellQuote.path(folder + "/."))
                        .append(' ')
                        .append(arch)
                        .append("\nchmod -R 755 ")
                        .append(arch)
                        .append('\n');
            }
        });
    }

    private ShellCommand begin(String command) {
        ShellCommand build = new ShellCommand(command).flag("--file", plan.dockerfilePath());
        BuilderScript.arguments(plan, chosen, build);
        build.flags("--build-context", plan.contexts());
        plan.baseImages().forEach((name, image) -> build.flag("--build-context", name + "=docker-image://" + image));
        return build.wordsIf(!plan.prebuilt().isEmpty(), "--build-context artifacts=artifacts");
    }

    private void buildx() {
        ShellCommand build = begin("docker buildx build");
        plan.secrets()
                .forEach((id, secret) -> build.words(
                        "--secret \"id=" + id + (secret.file() ? ",src=$" : ",env=") + secret.variable() + "\""));
        String rewritten = plan.sourceDateEpoch().isPresent() ? ",rewrite-timestamp=true" : "";
        text.append(build.words("--provenance=false")
                .words("--output type=oci,dest=" + archive() + rewritten)
                .words(BuilderScript.context(plan)));
    }

    private void buildah() {
        ShellCommand build = begin(chosen.kind() + " build").words("--format oci --layers=false");
        plan.secrets()
                .forEach((id, secret) -> build.words("--secret \"id=" + id + ",src="
                        + (secret.file() ? "$" + secret.variable() + "\"" : secret.variable() + ",type=env\"")));
        plan.sourceDateEpoch().ifPresent(seconds -> build.words("--timestamp " + seconds));
        text.append(build.words("--tag localhost/reproduced").words(BuilderScript.context(plan)))
                .append(chosen.kind())
                .append(" push localhost/reproduced oci-archive:")
                .append(archive())
                .append('\n');
    }

    private void daemonless() {
        ShellCommand build = new ShellCommand("multiarch-release build --builder daemonless")
                .flag("--platforms", plan.platform().toString())
                .flag("--context", plan.context().isEmpty() ? "." : plan.context())
                .flag("--dockerfile", plan.dockerfilePath());
        plan.target().ifPresent(stage -> build.flag("--target", stage));
        build.flags("--build-arg", plan.buildArgs())
                .flags("--label", plan.labels())
                .flags("--annotation", plan.annotations())
                .flags("--build-context", plan.contexts());
        plan.baseImages().forEach((name, image) -> build.flag("--build-context", name + "=docker-image://" + image));
        text.append(build.wordsIf(!plan.prebuilt().isEmpty(), "--build-context artifacts=artifacts")
                .words("--output oci-archive:" + archive()));
    }
}
