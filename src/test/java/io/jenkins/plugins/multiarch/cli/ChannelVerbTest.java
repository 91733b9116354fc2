package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelVerbTest {
    private FakeRegistry registry;
    private String app;
    private String channel;
    private Digest image;

    @BeforeEach
    void promoteIntoAChannel() {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        channel = registry.address() + "/acme/metadata:prod";
        image = registry.addImage("acme/app", "1.4.0", "linux/amd64").digest();
        assertThat(CommandLineRun.of("promote", "--images", app + ":1.4.0", "--tags", "stable", "--channel", channel)
                        .code())
                .isZero();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void namesThePayloadThatWasPromotedWithIt() {
        assertThat(CommandLineRun.of(
                                "promote",
                                "--images",
                                app + ":1.4.0",
                                "--tags",
                                "edge",
                                "--channel",
                                channel,
                                "--payload",
                                app + ":1.4.0")
                        .code())
                .isZero();

        assertThat(CommandLineRun.of("channel", "--channel", channel, "--json").out())
                .contains("\"ref\" : \"" + app + "@" + image + "\"");
    }

    @Test
    void refusesAPayloadOfNoChannel() {
        assertThat(CommandLineRun.of(
                                "promote", "--images", app + ":1.4.0", "--tags", "edge", "--payload", app + ":1.4.0")
                        .err())
                .isEqualTo("The payload " + app + ":1.4.0 was named without a channel whose document is to name it."
                        + " Name the channel too, as in ghcr.io/acme/metadata:prod, or leave the payload out.\n");
    }

    @Test
    void printsTheImagesOfAChannelByTheirDigests() {
        CommandLineRun run = CommandLineRun.of("channel", "--channel", channel, "--images", "app");

        assertThat(run.out()).isEqualTo(app + "@" + image + "\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void printsTheWholeDocumentAsJson() {
        CommandLineRun run = CommandLineRun.of("channel", "--channel", channel, "--json");

        assertThat(run.out()).contains("\"channel\" : \"prod\"", "\"digest\" : \"" + image + "\"");
    }

    @Test
    void saysWhichImagesThereAreWhereOneIsNot() {
        CommandLineRun run = CommandLineRun.of("channel", "--channel", channel, "--images", "web");

        assertThat(run.err()).isEqualTo("The channel " + channel + " has no image 'web'. It has app.\n");
        assertThat(run.code()).isEqualTo(1);
    }
}
