package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.StatementReferrers;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The receipts that promotions and rollbacks leave beside their images, from which a later rollback works where Jenkins has
 * forgotten everything. Where a signer is given they are signed.
 */
public final class Receipts {
    /** The type of the artifact that holds a receipt which nobody signed. */
    public static final String PLAIN_TYPE = "application/vnd.jenkins.multiarch.receipt.v1+json";

    /** Signed ones were of the first type before they were summaries. */
    private static final Set<String> TYPES = Set.of(PredicateTypes.PROMOTION, PredicateTypes.VERIFICATION_SUMMARY);

    private final Optional<Signer> signer;
    private final Optional<Verifier> trusted;
    private final Clock clock;
    private final StatementReferrers referrers;

    /**
     * @param signer who signs new ones; nobody where they are left unsigned
     * @param trusted whose receipts count in a rollback; without, all do, as proposals of a digest
     */
    public Receipts(Registry registry, Optional<Signer> signer, Optional<Verifier> trusted) {
        this(registry, signer, trusted, Clock.systemUTC());
    }

    Receipts(Registry registry, Optional<Signer> signer, Optional<Verifier> trusted, Clock clock) {
        this.signer = signer;
        this.trusted = trusted;
        this.clock = clock;
        this.referrers = new StatementReferrers(registry, TYPES, PLAIN_TYPE, clock);
    }

    /** Receipts have times of this precision. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whose receipts count; nothing where all do. */
    Optional<Verifier> trusted() {
        return trusted;
    }

    /**
     * Puts a receipt beside each of its images.
     *
     * @param log gets a line for each of them
     * @return for each repository where that could not be done a sentence that says why
     */
    List<String> leave(Receipt receipt, KnownManifests manifests, Consumer<String> log) throws InterruptedException {
        Map<ImageRef, Bundle> signed = new LinkedHashMap<>();
        if (signer.isPresent()) {
            try {
                for (ImageRef image : receipt.images().keySet()) {
                    signed.put(image, signer.get().attest(receipt.summary(image)));
                }
            } catch (ReleaseException e) {
                return List.of("No receipt was left, for it could not be signed: " + e.fact());
            }
        }
        List<String> missing = new ArrayList<>();
        Map<Repository, List<ImageRef>> places = receipt.images().keySet().stream()
                .collect(Collectors.groupingBy(ImageRef::repository, TreeMap::new, Collectors.toList()));
        for (Map.Entry<Repository, List<ImageRef>> place : places.entrySet()) {
            Repository repository = place.getKey();
            try {
                Map<Descriptor, Bundle> bundles = new LinkedHashMap<>();
                List<Descriptor> subjects = new ArrayList<>();
                for (ImageRef image : place.getValue()) {
                    Descriptor subject =
                            manifests.get(repository, image.requireDigest()).descriptor();
                    subjects.add(subject);
                    Optional.ofNullable(signed.get(image)).ifPresent(bundle -> bundles.put(subject, bundle));
                }
                if (signer.isPresent()) {
                    referrers.put(repository, PredicateTypes.VERIFICATION_SUMMARY, bundles);
                } else {
                    referrers.put(repository, receipt.statement(), subjects);
                }
                place.getValue().forEach(image -> log.accept("Left a receipt beside " + image + "."));
            } catch (ReleaseException e) {
                missing.add("No receipt was left in " + repository + ": " + e.fact());
            }
        }
        return missing;
    }

    /** Those beside an image, the newest first. */
    List<Receipt> beside(Repository repository, Digest image) throws InterruptedException {
        List<Receipt> found = new ArrayList<>();
        for (Statement statement : referrers.read(repository, image, trusted)) {
            try {
                Receipt.in(statement).ifPresent(found::add);
            } catch (ReleaseException e) {
                continue; // whoever may write there may write anything
            }
        }
        found.sort(Comparator.comparing(Receipt::time).reversed());
        return found;
    }
}
