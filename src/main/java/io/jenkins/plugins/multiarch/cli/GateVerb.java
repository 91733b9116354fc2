package io.jenkins.plugins.multiarch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds the image that is to be published against the one that was tested. */
@Command(
        name = "gate",
        header = "Holds the image that is to be published against the one that was tested.",
        synopsisSubcommandLabel = "(record | verify)",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  multiarch-release gate record --image ghcr.io/acme/app@sha256:... --record tested.json",
            "  multiarch-release gate verify --image ghcr.io/acme/app:1.4 --record tested.json"
        })
final class GateVerb implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'gate record' or 'gate verify'.");
    }
}
