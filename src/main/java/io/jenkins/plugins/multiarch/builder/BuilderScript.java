package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Map;

/** The one shell script that builds. */
public final class BuilderScript {
    /** The label of an image whose commands were run under emulation. */
    public static final String EMULATED = "io.jenkins.multiarch.emulated";

    private final BuildPlan plan;
    private final ChosenBuilder chosen;
    private final StringBuilder text = new StringBuilder();

    private BuilderScript(BuildPlan plan, ChosenBuilder chosen) {
        this.plan = plan;
        this.chosen = chosen;
    }

    /**
     * The text of the script, for any POSIX shell, to be run in the workspace after {@link PreparedBuild#prepare}. It
     * writes below the private folder only; what it needs in a daemon's store it takes away again.
     *
     * @param folder the private folder, an absolute path
     * @return empty for the daemonless builder, which needs none
     */
    public static String of(BuildPlan plan, ChosenBuilder chosen, String folder) {
        if (chosen.kind() == BuilderKind.DAEMONLESS) {
            return "";
        }
        return new BuilderScript(plan, chosen).write(folder);
    }

    private String write(String folder) {
        text.append("#!/bin/sh\n# Builds ")
                .append(plan.platform())
                .append(" by ")
                .append(chosen.kind())
                .append(' ')
                .append(Shown.of(chosen.version()))
                .append(chosen.emulated() ? ", emulated" : "")
                .append(".\nset -eu\nfolder=")
                .append(ShellQuote.of(folder))
                .append('\n');
        boolean podmanLike = chosen.kind() == BuilderKind.BUILDAH || chosen.kind() == BuilderKind.PODMAN;
        logins(podmanLike);
        secretFiles();
        text.append(podmanLike ? new BuildahScript(plan, chosen).text() : new BuildKitScript(plan, chosen).text());
        return text.toString();
    }

    private void logins(boolean podmanLike) {
        if (plan.logins().isEmpty()) {
            return;
        }
        text.append("export PATH=\"$folder/").append(BuildFolder.PROGRAMS).append(":$PATH\"\n");
        if (podmanLike) {
            text.append("export REGISTRY_AUTH_FILE=\"$folder/")
                    .append(BuildFolder.PODMAN_LOGINS)
                    .append("\"\n");
        } else {
            text.append("export DOCKER_CONFIG=\"$folder/")
                    .append(BuildFolder.DOCKER_CONFIG)
                    .append("\"\n");
        }
    }

    /** By a link, as its path may have characters that the builders take for the end of it. */
    private void secretFiles() {
        if (plan.secrets().values().stream().noneMatch(Secret::file)) {
            return;
        }
        text.append("mkdir -p \"$folder/").append(BuildFolder.SECRETS).append("\"\n");
        for (Map.Entry<String, Secret> secret : plan.secrets().entrySet()) {
            if (secret.getValue().file()) {
                text.append("ln -sf \"${")
                        .append(secret.getValue().variable())
                        .append("?}\" \"$folder/")
                        .append(BuildFolder.SECRETS)
                        .append('/')
                        .append(secret.getKey())
                        .append("\"\n");
            }
        }
    }

    /** Takes images away that this script brought into a store, whatever ends it. */
    static String cleanup(String command) {
        return "forget() { " + command + " >/dev/null 2>&1 || true; }\n"
                + "trap forget EXIT\n"
                + "trap 'exit 129' HUP\n"
                + "trap 'exit 130' INT\n"
                + "trap 'exit 143' TERM\n";
    }

    /** What all builders write alike: which files, which arguments, which labels. */
    static ShellCommand arguments(BuildPlan plan, ChosenBuilder chosen, ShellCommand command) {
        command.flag("--platform", plan.platform().toString());
        plan.target().ifPresent(stage -> command.flag("--target", stage));
        command.flags("--build-arg", plan.buildArgs()).flags("--label", plan.labels());
        if (chosen.emulated()) {
            command.flag("--label", EMULATED + "=true");
        }
        if (chosen.can(Feature.ANNOTATIONS)) {
            command.flags("--annotation", plan.annotations());
        }
        if (!plan.network().isEmpty()) {
            command.flag("--network", plan.network());
        }
        return command;
    }

    /** What names in the Dockerfile stand for, where the builder can be told. */
    static void contexts(BuildPlan plan, ShellCommand command) {
        command.flags("--build-context", plan.contexts());
        plan.baseImages().forEach((name, image) -> command.flag("--build-context", name + "=docker-image://" + image));
        command.wordsIf(
                !plan.prebuilt().isEmpty(),
                "--build-context " + BuildPlan.ARTIFACTS + "=\"$folder/" + BuildFolder.ARTIFACTS + "\"");
    }

    static String context(BuildPlan plan) {
        return ShellQuote.path(plan.context().isEmpty() ? "." : plan.context());
    }
}
