package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;

/**
 * One tag that was asked for, as the preflight found it.
 *
 * @param image by its digest, where it is now
 * @param kept why the tag is left where it is although it leads elsewhere, or empty
 */
record Candidate(ImageRef image, Manifest manifest, PromotionRequest.Place place, TagChange change, String kept) {

    boolean moves() {
        return kept.isEmpty() && !change.isSet(change.previous());
    }

    /** Whether its content has to be brought first. */
    boolean isElsewhere() {
        return !image.repository().equals(place.repository());
    }

    Repository target() {
        return place.repository();
    }

    /** The same image, with another tag. */
    Candidate as(TagChange other) {
        return new Candidate(image, manifest, place, other, "");
    }

    Candidate kept(String reason) {
        return new Candidate(image, manifest, place, change, reason);
    }

    MovedTag planned() {
        if (!kept.isEmpty()) {
            return new MovedTag(
                    target(),
                    change.name().tag(),
                    change.previous(),
                    change.previous().orElse(change.digest()),
                    false,
                    kept);
        }
        return MovedTag.of(change);
    }
}
