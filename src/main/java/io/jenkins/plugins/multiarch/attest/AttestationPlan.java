package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which statements a request comes to, and beside which manifests each of them belongs. */
final class AttestationPlan {
    private final AttestationRequest request;
    private final ImageSubjects image;
    private final DocumentedImages documented;

    /** A statement, and where it is stored: beside each of its subjects. */
    record Placement(Statement statement, List<Descriptor> subjects) {}

    AttestationPlan(Registry registry, AttestationRequest request, ImageSubjects image) {
        this.request = request;
        this.image = image;
        this.documented = new DocumentedImages(registry, image);
    }

    List<Placement> placements() throws InterruptedException {
        if (request.claims().isEmpty() && request.platformClaims().isEmpty() && !request.signed()) {
            throw new ReleaseException(
                    "Nothing is to be attested of " + image.reference() + ".",
                    "Give an SBOM, a scan, provenance or another predicate, or sign the image.");
        }
        List<Placement> all = new ArrayList<>();
        for (Predicate claim : request.claims()) {
            all.add(place(claim, subjects(claim)));
        }
        for (Map.Entry<Platform, List<Predicate>> claims :
                request.platformClaims().entrySet()) {
            Descriptor child = child(claims.getKey());
            for (Predicate claim : claims.getValue()) {
                if (claim.document().isPresent()) {
                    documented.refuseUnlessOf(claim.document().get(), child);
                }
                all.add(place(claim, List.of(child)));
            }
        }
        if (request.signed() && request.form().hasBundles()) {
            all.add(place(Predicate.of(PredicateTypes.COSIGN_SIGNATURE, Json.object()), image.all()));
        }
        if (!image.children().isEmpty()) {
            all.add(place(listing(), List.of(image.image())));
        }
        return all;
    }

    private Placement place(Predicate claim, List<Descriptor> subjects) {
        return new Placement(claim.about(subjects.stream().map(image::subject).toList()), subjects);
    }

    private List<Descriptor> subjects(Predicate claim) throws InterruptedException {
        return claim.document().isPresent() ? documented.of(claim.document().get()) : image.all();
    }

    /** The only image of a platform; an index below may have any platform, and runs on none. */
    private Descriptor child(Platform platform) {
        List<Descriptor> images =
                image.all().stream().filter(child -> !child.isIndex()).toList();
        List<Descriptor> found = images.stream()
                .filter(child ->
                        child.platform().filter(p -> p.satisfies(platform)).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new ReleaseException(
                    image.reference() + " has no image for " + platform + ", of which something is to be attested.",
                    "Name one of its platforms: " + platforms(images) + ".");
        }
        if (found.size() > 1) {
            throw new ReleaseException(
                    image.reference() + " has " + found.size() + " images for " + platform
                            + ", and of one of them something is to be attested: " + platforms(found) + ".",
                    "Name its version too, as in windows(10.0.20348.2700)/amd64, or attest it by its own digest.");
        }
        return found.get(0);
    }

    private static String platforms(List<Descriptor> images) {
        return Platform.list(
                images.stream().flatMap(one -> one.platform().stream()).toList());
    }

    /**
     * The images of the index with their platforms, for people and tools that have the evidence and not the index. That none
     * is left out or slipped in is shown by the digest of the index, which every statement about it names.
     */
    private Predicate listing() {
        ObjectNode json = Json.object();
        ArrayNode manifests = json.putArray("manifests");
        for (Descriptor child : image.children()) {
            ObjectNode one = manifests.addObject();
            one.put("digest", child.digest().toString());
            one.put("mediaType", child.mediaType());
            one.put("size", child.size());
            child.platform().ifPresent(platform -> one.put("platform", platform.toString()));
        }
        return Predicate.of(PredicateTypes.INDEX, json);
    }
}
