package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to attest of one image.
 *
 * @param claims of the whole image: each is said of its index and of every image in it. A scanner's document is said of the
 *     images that it names alone; one that names none is refused where the index has several
 * @param platformClaims of one platform's image
 * @param signed whether the image is signed as well, as {@code cosign sign --recursive} does
 */
public record AttestationRequest(
        ImageRef image,
        List<Predicate> claims,
        Map<Platform, List<Predicate>> platformClaims,
        boolean signed,
        StorageForm form) {

    public AttestationRequest {
        claims = List.copyOf(claims);
        Map<Platform, List<Predicate>> copied = new LinkedHashMap<>();
        platformClaims.forEach((platform, all) -> copied.put(platform, List.copyOf(all)));
        platformClaims = Collections.unmodifiableMap(copied);
    }

    /** These claims of a whole image, as bundles. */
    public static AttestationRequest of(ImageRef image, Predicate... claims) {
        return new AttestationRequest(image, List.of(claims), Map.of(), false, StorageForm.BUNDLE);
    }

    /** The types of all statements that it may come to. */
    Set<String> predicateTypes() {
        Set<String> types = new HashSet<>(Set.of(PredicateTypes.COSIGN_SIGNATURE, PredicateTypes.INDEX));
        claims.forEach(claim -> types.add(claim.type()));
        platformClaims.values().forEach(all -> all.forEach(claim -> types.add(claim.type())));
        return types;
    }

    public AttestationRequest with(StorageForm other) {
        return new AttestationRequest(image, claims, platformClaims, signed, other);
    }

    public AttestationRequest withSignature() {
        return new AttestationRequest(image, claims, platformClaims, true, form);
    }

    public AttestationRequest with(Platform platform, Predicate... more) {
        Map<Platform, List<Predicate>> all = new LinkedHashMap<>(platformClaims);
        all.put(platform, List.of(more));
        return new AttestationRequest(image, claims, all, signed, form);
    }
}
