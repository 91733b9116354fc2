package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Statements of some types that lie beside images as referrers: signed ones as Sigstore bundles, as all evidence does, and
 * unsigned ones under a type of artifact that no verifier takes for evidence.
 */
public final class StatementReferrers {
    /** The largest statement that is read, in bytes. */
    private static final int MAX_SIZE = 4 << 20;
    /** Of one image. */
    private static final int MAX_REFERRERS = 200;

    private static final String CREATED = "org.opencontainers.image.created";

    private final Registry registry;
    private final Set<String> predicateTypes;
    private final String plainType;
    private final Clock clock;

    /**
     * @param predicateTypes the URIs of the types that are read
     * @param plainType the artifact type of those that nobody signed
     */
    public StatementReferrers(Registry registry, Set<String> predicateTypes, String plainType, Clock clock) {
        this.registry = registry;
        this.predicateTypes = Set.copyOf(predicateTypes);
        this.plainType = plainType;
        this.clock = clock;
    }

    /** Puts signed statements of one type beside manifests of a repository, each beside what it is about. */
    public void put(Repository repository, String predicateType, Map<Descriptor, Bundle> bundles)
            throws InterruptedException {
        BundleReferrers referrers = new BundleReferrers(registry, repository, clock);
        try (WorkPool pool = new WorkPool()) {
            Map<Bundle, Boolean> contents = new LinkedHashMap<>();
            bundles.values().forEach(bundle -> contents.put(bundle, true));
            referrers.push(contents, pool);
            for (Map.Entry<Descriptor, Bundle> one : bundles.entrySet()) {
                referrers.refer(one.getValue(), predicateType, one.getKey());
            }
        }
    }

    /** Puts a statement that nobody signed beside manifests of a repository, all of which it is about. */
    public void put(Repository repository, Statement statement, List<Descriptor> subjects) throws InterruptedException {
        Blob content = Blob.of(Statement.PAYLOAD_TYPE, statement.toBytes());
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.pushNew(repository, content);
        for (Descriptor subject : subjects) {
            ImageManifest referrer = ImageManifest.artifact(
                    plainType,
                    List.of(content.descriptor()),
                    Optional.of(Descriptor.of(subject.mediaType(), subject.digest(), subject.size())),
                    Map.of(
                            CREATED,
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
            registry.put(repository, referrer.digest(), referrer);
        }
    }

    /**
     * The statements beside an image that are about it. What cannot be read is passed over: whoever may write to the
     * repository may have put it there.
     *
     * @param trusted whose signature counts; without, all are returned, and are nobody's word
     * @throws ReleaseException if the registry fails; or if it lists more than 200 of them and no signature tells which count,
     *     as with one the newest 200 are read
     */
    public List<Statement> read(Repository repository, Digest subject, Optional<Verifier> trusted)
            throws InterruptedException {
        List<Descriptor> listed = registry.referrers(repository, subject, "").stream()
                .filter(one -> mayBe(one, trusted))
                .toList();
        if (listed.size() > MAX_REFERRERS && trusted.isPresent()) {
            listed = newest(listed);
        } else if (listed.size() > MAX_REFERRERS) {
            throw new ReleaseException(
                    repository + "@" + subject + " has " + listed.size() + " referrers that may be receipts.",
                    "Nobody promotes an image more than " + MAX_REFERRERS
                            + " times; delete those that do not belong there.");
        }
        List<Statement> statements = new ArrayList<>();
        for (Descriptor one : listed) {
            read(repository, subject, one, trusted)
                    .filter(statement ->
                            predicateTypes.contains(statement.predicateType()) && statement.isAbout(subject))
                    .ifPresent(statements::add);
        }
        return statements;
    }

    private static List<Descriptor> newest(List<Descriptor> listed) {
        return listed.stream()
                .sorted(Comparator.comparing(
                        (Descriptor one) -> one.annotations().getOrDefault(CREATED, ""), Comparator.reverseOrder()))
                .limit(MAX_REFERRERS)
                .toList();
    }

    private boolean mayBe(Descriptor listed, Optional<Verifier> trusted) {
        if (listed.artifactType().equals(plainType)) {
            return trusted.isEmpty();
        }
        String type = listed.annotations().get(BundleReferrers.PREDICATE_TYPE);
        return BundleJson.isBundle(listed.artifactType()) && (type == null || predicateTypes.contains(type));
    }

    private Optional<Statement> read(
            Repository repository, Digest subject, Descriptor listed, Optional<Verifier> trusted)
            throws InterruptedException {
        try {
            Optional<Manifest> manifest = registry.find(repository, listed.digest());
            if (manifest.isEmpty()
                    || !(manifest.get() instanceof ImageManifest referrer)
                    || referrer.subject()
                            .filter(about -> about.digest().equals(subject))
                            .isEmpty()
                    || referrer.layers().size() != 1
                    || referrer.layers().get(0).size() > MAX_SIZE) {
                return Optional.empty();
            }
            byte[] content = registry.bytes(repository, referrer.layers().get(0), MAX_SIZE);
            return referrer.artifactType().equals(plainType)
                    ? Optional.of(content).filter(any -> trusted.isEmpty()).map(Statement::parse)
                    : signed(Bundle.parse(content), trusted);
        } catch (ReleaseException e) {
            if (!EvidencePlace.isOfContent(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<Statement> signed(Bundle bundle, Optional<Verifier> trusted) {
        boolean counts = trusted.isEmpty() || trusted.get().verify(bundle) instanceof Verification.Verified;
        return counts
                        && bundle.content() instanceof Envelope envelope
                        && envelope.payloadType().equals(Statement.PAYLOAD_TYPE)
                ? Optional.of(Statement.parse(envelope.payload()))
                : Optional.empty();
    }
}
