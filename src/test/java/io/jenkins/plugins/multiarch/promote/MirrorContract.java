package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another registry gets the same images under the same digests, and goes along. */
interface MirrorContract extends PromotingRegistry {

    private PromotionRequest mirrored(PromotionRequest request) {
        return request.mirrored(List.of(mirror()), MirrorLag.FAILS);
    }

    @Test
    default void copiesChildrenReferrersAndSignaturesUnderTheirDigests() throws IOException, InterruptedException {
        TwoReleases releases = releases();

        promotion(registry(), Journal.NONE).promote(mirrored(releases.request(TwoReleases.TAGS)));

        for (int i = 0; i < releases.repositories().size(); i++) {
            Repository source = releases.repository(i);
            Repository copy = mirror().of(source);
            Manifest image = releases.second(i);
            for (Tag tag : TwoReleases.TAGS) {
                releases.assertSame(copy, tag, image);
            }
            for (Descriptor child : image.children()) {
                releases.assertHas(copy, child.digest());
            }
            assertThat(remarks(copy, image.digest()))
                    .isEqualTo(remarks(source, image.digest()))
                    .isNotEmpty();
            Digest arm64 = image.children().get(1).digest();
            assertThat(remarks(copy, arm64)).isEqualTo(remarks(source, arm64)).isNotEmpty();
            Tag signature = SampleImages.cosignTag(image, ".sig");
            releases.assertSame(
                    copy, signature, registry().find(source, signature).orElseThrow());
        }
    }

    private List<Digest> remarks(Repository repository, Digest subject) throws InterruptedException {
        List<Digest> remarks = new ArrayList<>();
        for (Descriptor one : registry().referrers(repository, subject, "application/vnd.example.remark")) {
            remarks.add(one.digest());
        }
        return remarks;
    }

    @Test
    default void copiesAManifestThatIsSpreadOverManyLines() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        PromotionRequest old = new PromotionRequest(
                List.of(ImageRef.of(releases.repository(0), releases.first(0).digest())), TwoReleases.TAGS, List.of());

        promotion(registry(), Journal.NONE).promote(mirrored(old));

        releases.assertSame(mirror().of(releases.repository(0)), Tag.LATEST, releases.first(0));
    }

    @Test
    default void putsTheMirrorBackWithTheRelease() throws IOException, InterruptedException {
        TwoReleases releases = releases();
        List<ImageRef> old = new ArrayList<>();
        for (int i = 0; i < releases.repositories().size(); i++) {
            old.add(ImageRef.of(releases.repository(i), releases.first(i).digest()));
        }
        promotion(registry(), Journal.NONE)
                .promote(mirrored(new PromotionRequest(old, TwoReleases.STANDING, List.of())));
        Repository web = mirror().of(releases.repository(1));

        assertThatThrownBy(() -> promotion(refusing(web, "latest"), new MemoryJournal())
                        .promote(mirrored(releases.request(TwoReleases.STANDING))))
                .hasMessageStartingWith("Nothing was promoted, and every tag that had moved is back where it was: ");

        releases.assertStandAtTheFirst();
        for (Tag tag : TwoReleases.STANDING) {
            releases.assertSame(mirror().of(releases.repository(0)), tag, releases.first(0));
            releases.assertSame(web, tag, releases.first(1));
        }
    }
}
