package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void areReadWithWhatTheyStoodForBefore() throws IOException, InterruptedException {
        release("1.0.0");
        release("1.1.0");
        release("1.2.0");
        history.registry.delete(PROD.repository(), document().history().get(1).digest());

        assertThat(new Channels(history.registry).readAll(PROD))
                .extracting(stored -> stored.document().version())
                .containsExactly("1.2.0", "1.1.0");
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
    void arePartOfAPlanAndOfItsHash() throws IOException, InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api").channelled(Optional.of(PROD));
        PromotionPlan plan = history.promotion().plan(request);
        PromotionPlan without = history.promotion().plan(history.request("1.0.0", "api"));

        assertThat(plan.hash()).isNotEqualTo(without.hash());
        assertThat(plan.toJson().at("/channel/target").asText()).isEqualTo("a.example/acme/metadata:prod");
        assertThat(plan.toJson().at("/channel/document/images/0/digest").asText())
                .isEqualTo(history.digest("api", "1.0.0").toString());
        assertThat(PromotionPlan.parse(Json.write(plan.toJson())).hash()).isEqualTo(plan.hash());
        history.promotion().apply(request, plan.hash(), Optional.of(plan));
        assertThat(document().version()).isEqualTo("1.0.0");
        assertThat(history.promotion().plan(request).lines())
                .contains("Would keep the document of the channel a.example/acme/metadata:prod: it says the same"
                        + " already.");
    }

    @Test
    void sayNothingOfAReleaseThatGetsNoTag() throws IOException, InterruptedException {
        release("2.0.0");
        Repository api = ReleaseHistory.repository("api");
        history.registry.put(api, new Tag("2.0.0"), history.image("api", "2.0.0"));
        ImageIndex lower = ImageIndex.of(
                history.image("api", "1.0.0").children(), Map.of("org.opencontainers.image.version", "1.0.0"));
        history.registry.put(api, lower.digest(), lower);

        history.promotion()
                .promote(new PromotionRequest(List.of(ImageRef.of(api, lower.digest())), List.of(Tag.LATEST), List.of())
                        .guarded(Guards.DEFAULT)
                        .channelled(Optional.of(PROD)));

        assertThat(document().version()).isEqualTo("2.0.0");
    }

    @Test
    void makeAPlanVoidThatWereWrittenSince() throws IOException, InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api").channelled(Optional.of(PROD));
        PromotionPlan plan = history.promotion().plan(request);
        history.promotion().promote(history.request("9.0.0", "web").channelled(Optional.of(PROD)));

        assertThatThrownBy(() -> history.promotion().apply(request, plan.hash(), Optional.of(plan)))
                .hasMessage("Nothing was promoted: the plan " + plan.hash()
                        + " holds no longer. Since then:\n- the channel is another one, or would say something else:"
                        + " Would write the document of the channel a.example/acme/metadata:prod.\n Look at a new plan,"
                        + " then apply that one.");
    }

    @Test
    void nameAPayloadByItsDigestAndFindItAgainOnTheWayBack() throws IOException, InterruptedException {
        Repository payloads = ReleaseHistory.repository("payload");
        for (String version : List.of("1.0.0", "1.1.0")) {
            history.registry.put(payloads, new Tag(version), history.image("payload", version));
            ChannelTarget target = PROD.payload(ImageRef.parse(payloads + ":" + version));
            history.promotion().promote(history.request(version, "api").channelled(Optional.of(target)));
        }
        Digest second = history.digest("payload", "1.1.0");
        assertThat(document().toJson().path("payload").toString())
                .isEqualTo("{\"ref\":\"" + payloads + "@" + second + "\",\"digest\":\"" + second + "\"}");

        history.rollback().rollBack(ReleaseHistory.back("previous", "api").channelled(Optional.of(PROD)));

        assertThat(document().payload()).contains(history.reference("payload", "1.0.0"));
    }

    @Test
    void nameNoPayloadThatIsNotThere() throws InterruptedException {
        PromotionRequest request = history.request("1.0.0", "api")
                .channelled(Optional.of(PROD.payload(ImageRef.parse("a.example/acme/payload:1.0.0"))));

        assertThatThrownBy(() -> history.promotion().promote(request))
                .hasMessageStartingWith("a.example/acme/payload:1.0.0 does not exist in the registry");
        assertThat(history.tagged("api", "latest")).isEmpty();
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

    private void releaseNightly() throws InterruptedException {
        try {
            new Promotion(history.registry, line -> {}, Journal.NONE, new TagLocks())
                    .promote(new PromotionRequest(
                                    List.of(history.reference("api", "2.0.0")), List.of(new Tag("nightly")), List.of())
                            .channelled(Optional.of(ChannelTarget.parse("a.example/acme/metadata:nightly"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As on two machines, which take no turns. */
    @Test
    void ofOneRepositoryAreReleasedAtTheSameTime() throws IOException, InterruptedException {
        release("1.0.0");
        history.reference("api", "2.0.0");
        AtomicBoolean once = new AtomicBoolean();
        history.registry.before(request -> {
            if (request.equals("PUT a.example/acme/api stable") && once.compareAndSet(false, true)) {
                releaseNightly();
            }
        });

        PromotedTags promoted = release("1.1.0");

        assertThat(promoted.supersededBy()).isEmpty();
        assertThat(document().version()).isEqualTo("1.1.0");
        assertThat(tagged("nightly")).isPresent();
        assertThat(tagged("channels")).isPresent().isEqualTo(tagged("prod"));
    }

    @Test
    void ofOneRepositoryDoNotTakeBackWhatBrokeOff() throws IOException, InterruptedException {
        release("1.0.0");
        history.reference("api", "2.0.0");
        history.registry.before(request -> {
            if (request.equals("PUT a.example/acme/metadata prod")) {
                throw new RegistryException("There is no answer.", "Wait.", 0, "", true, null);
            }
        });
        int before = history.journal.size();
        assertThatThrownBy(() -> release("1.1.0")).isInstanceOf(ReleaseException.class);
        history.registry.before(request -> {});
        MemoryJournal brokenOff = new MemoryJournal();
        brokenOff.append(history.journal.entries().get(before));
        releaseNightly();

        Promotion.recover(history.registry, history.log::add, brokenOff, new TagLocks(), history.receipts());

        assertThat(document().version()).isEqualTo("1.1.0");
        assertThat(tagged("channels")).isPresent().isEqualTo(tagged("prod"));
    }

    @Test
    void ofOneRepositoryComeBackToTheOtherWhereOneIsTakenBack() throws IOException, InterruptedException {
        release("1.0.0");
        Optional<Digest> prod = tagged("prod");
        history.reference("api", "2.0.0");
        AtomicBoolean once = new AtomicBoolean();
        history.registry.before(request -> {
            if (request.equals("PUT a.example/acme/api stable") && once.compareAndSet(false, true)) {
                releaseNightly();
            }
            if (once.get() && request.equals("PUT a.example/acme/metadata prod")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });

        assertThatThrownBy(() -> release("1.1.0")).isInstanceOf(ReleaseException.class);

        assertThat(tagged("prod")).isEqualTo(prod);
        assertThat(tagged("channels")).isPresent().isEqualTo(tagged("nightly"));
    }
}
