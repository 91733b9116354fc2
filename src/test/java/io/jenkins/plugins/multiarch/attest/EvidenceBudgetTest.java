package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceBudgetTest {
    private static final Digest IMAGE = Digest.sha256(new byte[0]);

    private final EvidenceBudget budget = new EvidenceBudget(Repository.parse("a.example/acme/app"));

    @Test
    void countsReferrersOfAllImagesTogether() {
        for (int i = 0; i < 10; i++) {
            budget.listed(1000);
        }

        assertThatThrownBy(() -> budget.listed(1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 10000 referrers that are looked at for one"
                                + " image. Delete old scans, and what does not belong there.");
    }

    @Test
    void countsTheAnnotationsThatItHolds() {
        Map<String, String> annotations = Map.of(CosignAnnotations.SIGNATURE, "x".repeat(33 << 20), "remark", "x");
        EvidencePlace place = EvidencePlace.of(
                IMAGE, ".sig", List.of(Descriptor.of(CosignTags.DSSE, IMAGE, 7).withAnnotations(annotations)));

        budget.found(place);

        assertThatThrownBy(() -> budget.found(place))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 67108864 bytes of annotations that are"
                                + " looked at for one image. Delete old scans, and what does not belong there.");
    }

    @Test
    void holdsNoAnnotationsThatSayNothingOfASignature() {
        Map<String, String> annotations = Map.of("remark", "x".repeat(33 << 20));
        EvidencePlace place = EvidencePlace.of(
                IMAGE, ".sig", List.of(Descriptor.of(CosignTags.DSSE, IMAGE, 7).withAnnotations(annotations)));

        assertThatCode(() -> {
                    budget.found(place);
                    budget.found(place);
                    budget.found(place);
                })
                .doesNotThrowAnyException();
    }
}
