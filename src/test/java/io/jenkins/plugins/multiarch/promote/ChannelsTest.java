package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final ChannelTarget PROD = ChannelTarget.parse("a.example/acme/metadata:prod");

    private final ReleaseHistory history = new ReleaseHistory();

    private PromotedTags release(String version) throws IOException, InterruptedException {
        return history.promotion()
                .promote(history.request(version, "api", "web").channelled(Optional.of(PROD)));
    }

    private ChannelDocument document() throws InterruptedException {
        return new Channels(history.registry).read(PROD);
    }

    private Optional<Digest> tagged(String tag) throws InterruptedException {
        return history.tagged("metadata", tag);
    }

    @Test
    void standForTheImagesOfAReleaseByTheirDigests() throws IOException, InterruptedException {
        release("1.0.0");

        ChannelDocument document = document();
        assertThat(document.images())
                .containsExactly(history.reference("api", "1.0.0"), history.reference("web", "1.0.0"));
        assertThat(document.version()).isEqualTo("1.0.0");
        assertThat(document.channel()).isEqualTo("prod");
        assertThat(document.movingTags()).containsExactly("stable", "latest");
        assertThat(tagged("channels")).isPresent().isEqualTo(tagged("prod"));
    }

    @Test
    void rememberWhatTheyStoodForBefore() throws IOException, InterruptedException {
        release("1.0.0");
        Digest first = tagged("prod").orElseThrow();

        release("1.1.0");

        assertThat(document().history())
                .extracting(ChannelDocument.Earlier::digest, ChannelDocument.Earlier::version)
                .containsExactly(tuple(first, "1.0.0"));
    }

    @Test
    void rememberTwentyDocumentsAndNoMore() throws IOException, InterruptedException {
        for (int i = 0; i < 23; i++) {
            release("1.0." + i);
        }

        assertThat(document().history()).hasSize(20);
        assertThat(document().history().get(0).version()).isEqualTo("1.0.21");
    }

    @Test
    void moveBehindEveryTag() throws IOException, InterruptedException {
        release("1.0.0");

        List<String> moves = history.log.stream()
                .filter(line -> line.startsWith("Added"))
                .map(line -> line.replaceAll("Added (\\S+) at .*", "$1"))
                .toList();
        assertThat(moves.subList(4, 6))
                .containsExactlyInAnyOrder("a.example/acme/metadata:prod", "a.example/acme/metadata:channels");
    }

    @Test
    void goBackWithTheTagsWhereSomethingFails() throws IOException, InterruptedException {
        release("1.0.0");
        Optional<Digest> before = tagged("prod");
        history.registry.before(request -> {
            if (request.equals("PUT a.example/acme/metadata channels")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });

        assertThatThrownBy(() -> release("1.1.0")).isInstanceOf(ReleaseException.class);

        assertThat(tagged("prod")).isEqualTo(before);
        assertThat(history.tagged("api", "latest")).contains(history.digest("api", "1.0.0"));
    }

    @Test
    void goBackWithARollback() throws IOException, InterruptedException {
        release("1.0.0");
        release("1.1.0");

        history.rollback()
                .rollBack(ReleaseHistory.back("previous", "api", "web").channelled(Optional.of(PROD)));

        assertThat(document().images())
                .containsExactly(history.reference("api", "1.0.0"), history.reference("web", "1.0.0"));
        assertThat(document().history()).hasSize(2);
    }

    @Test
    void areNotWrittenAgainWhereTheyWouldSayTheSame() throws IOException, InterruptedException {
        release("1.0.0");
        Optional<Digest> before = tagged("prod");

        PromotedTags again = release("1.0.0");

        assertThat(again.isChanged()).isFalse();
        assertThat(tagged("prod")).isEqualTo(before);
    }

    @Test
    void areOnlyNamedByAPlan() throws IOException, InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api").channelled(Optional.of(PROD));

        history.promotion().plan(request);

        assertThat(history.log).contains("Would write the document of the channel a.example/acme/metadata:prod.");
        assertThat(tagged("prod")).isEmpty();
    }

    @Test
    void neverTakeThePlaceOfAnImage() throws IOException, InterruptedException {
        history.registry.put(
                Repository.parse("a.example/acme/metadata"), new Tag("prod"), history.image("metadata", "1"));

        assertThatThrownBy(() -> release("1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/metadata:prod leads to no document of a channel. Give the documents a"
                        + " repository of their own, as in ghcr.io/acme/metadata:prod.");
        assertThat(history.tagged("api", "latest")).isEmpty();
    }

    @Test
    void areNamedByATag() {
        assertThatThrownBy(() -> ChannelTarget.parse("a.example/acme/metadata"))
                .hasMessage("'a.example/acme/metadata' does not name a channel. Write the repository of its documents"
                        + " and the channel as a tag, as in ghcr.io/acme/metadata:prod.");
        assertThatThrownBy(() -> new Channels(history.registry).read(PROD))
                .hasMessage("There is no channel a.example/acme/metadata:prod, or you may not see it. Check its name;"
                        + " promote makes it with --channel.");
    }

    @Test
    void haveTheFormThatInstallersRead() throws IOException, InterruptedException {
        release("1.0.0");

        assertThat(Json.pretty(document().toJson())
                        .replaceAll("\"generated_at\" : \"[^\"]*\"", "\"generated_at\" : \"…\""))
                .isEqualTo("""
                        {
                          "channel" : "prod",
                          "version" : "1.0.0",
                          "immutable_tag" : "",
                          "moving_tags" : [
                            "stable",
                            "latest"
                          ],
                          "images" : [
                            {
                              "image" : "api",
                              "repository" : "a.example/acme/api",
                              "digest" : "%s"
                            },
                            {
                              "image" : "web",
                              "repository" : "a.example/acme/web",
                              "digest" : "%s"
                            }
                          ],
                          "generated_at" : "…",
                          "history" : [ ]
                        }
                        """.formatted(history.digest("api", "1.0.0"), history.digest("web", "1.0.0")));
    }
}
