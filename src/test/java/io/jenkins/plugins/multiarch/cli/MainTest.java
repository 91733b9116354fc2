package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void listsItsVerbsInTheOrderOfARelease() {
        CommandLineRun run = CommandLineRun.of("--help");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                        Releases container images for several architectures, digest for digest.
                        Usage: multiarch-release [-hV] COMMAND
                          -h, --help      Show this help message and exit.
                          -V, --version   Print version information and exit.

                        Commands:
                          help           Display help information about the specified command.
                          plan           Says what a build may do, and why: publish, caches, version, tags, labels.
                          inspect        Shows an image: type, digest, platforms, attestations and referrers.
                          build          Builds an image for several platforms and pushes it by digest.
                          gate           Holds the image that is to be published against the one that was tested.
                          publish-index  Makes one image for several platforms of those that were pushed by digest.
                          copy           Copies an image, byte for byte, to another repository or registry.
                          stage          Writes an image into a folder to be handed on, one OCI archive for each platform.
                          unstage        Takes an image that was staged: as a file, into a registry, or into docker or
                                           podman.
                          promote        Points tags at images that were built and tested already.
                          rollback       Points tags back at an earlier release.
                          channel        Says for which images a channel stands, by their digests.
                          push-artifact  Pushes files as an OCI artifact, or a Helm chart.
                          prune          Deletes images that no rule keeps and nothing that is kept needs.
                          restore        Brings back what was pruned, as far as the registry still has it.
                          attest         Signs statements about an image and puts them beside every digest of it.
                          verify         Refuses an image that lacks evidence, for itself or for one of its platforms.
                          sign-file      Signs files, and statements about them.
                          doctor         Tells what a registry really does, and what follows from that.
                          demo           Tells a whole release on a small image: build, gate, publish, copy, promote, roll
                                           back.

                        Example:
                          multiarch-release build --image ghcr.io/acme/app --platforms linux/amd64,linux/arm64 --tags 1.4
                          multiarch-release promote --images ghcr.io/acme/app:1.4 --tags stable
                        """);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "inspect",
                "build",
                "gate",
                "gate record",
                "gate verify",
                "publish-index",
                "copy",
                "promote",
                "rollback",
                "channel",
                "push-artifact",
                "demo"
            })
    void helpsWithEachVerbByAnExample(String verb) {
        String[] arguments = (verb + " --help").split(" ");

        CommandLineRun run = CommandLineRun.of(arguments);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: multiarch-release " + verb, "Example:\n  multiarch-release " + verb);
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void helpsByTheVerbHelpToo() {
        assertThat(CommandLineRun.of("help", "copy").out())
                .isEqualTo(CommandLineRun.of("copy", "--help").out());
    }

    @Test
    void saysItsVersion() {
        assertThat(CommandLineRun.of("--version").out()).isEqualTo("multiarch-release (not packed)\n");
    }

    @Test
    void endsWith2WithoutAVerb() {
        refusesUsage("", "No command was given.\nSee 'multiarch-release --help'.\n");
    }

    @Test
    void endsWith2ForAVerbItDoesNotKnow() {
        refusesUsage("publish", "Unmatched argument at index 0: 'publish'\nSee 'multiarch-release --help'.\n");
    }

    @Test
    void endsWith2ForAFlagItDoesNotKnow() {
        refusesUsage(
                "copy a b --password secret",
                "Unknown options: '--password', 'secret'\nSee 'multiarch-release copy --help'.\n");
    }

    @Test
    void endsWith2WhereAFlagIsMissing() {
        refusesUsage(
                "promote --images acme/app",
                "Missing required option: '--tags=TAG'\nSee 'multiarch-release promote --help'.\n");
    }

    @Test
    void endsWith2WithoutTheSecondWordOfGate() {
        refusesUsage("gate", "Say 'gate record' or 'gate verify'.\nSee 'multiarch-release gate --help'.\n");
    }

    @Test
    void saysInTheEnginesWordsHowAValueIsWritten() {
        refusesUsage(
                "publish-index --image acme/app --images acme/app@sha256:" + "0".repeat(64)
                        + " --expected-platforms amd64",
                "Invalid value for option '--expected-platforms' (PLATFORM): 'amd64' is not a platform. Write os/arch, as"
                        + " in linux/amd64 or linux/arm/v7.\nSee 'multiarch-release publish-index --help'.\n");
    }

    private static void refusesUsage(String arguments, String message) {
        String[] words = Arrays.stream(arguments.split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);

        CommandLineRun run = CommandLineRun.of(words);

        assertThat(run.err()).isEqualTo(message);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }
}
