package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Walks from one manifest to all that belongs to it, and finds what the target lacks. Reads, and writes nothing.
 *
 * <p>It goes level by level and looks at no manifest twice, so that lists which name each other end. An index at the
 * target is no proof of its children, which can be deleted one by one; an image's manifest is proof of its blobs, which
 * registries keep as long as it stands.
 */
final class CopySurvey {
    private static final int MAX_LEVELS = 16;
    private static final int MAX_MANIFESTS = 4096;
    /** Manifests are held in memory until they are written. */
    private static final long MAX_BYTES = 64L << 20;

    private final Registry registry;
    private final Repository source;
    private final Repository target;
    private final Consumer<String> log;
    private final Optional<CopySignatures> signatures;
    private final CopyPlan plan = new CopyPlan();
    private final Set<Digest> seen = new HashSet<>();
    private final AtomicLong bytes = new AtomicLong();

    CopySurvey(Registry registry, Repository source, Repository target, CopyScope scope, Consumer<String> log)
            throws InterruptedException {
        this.registry = registry;
        this.source = source;
        this.target = target;
        this.log = log;
        this.signatures =
                scope == CopyScope.IMAGE ? Optional.empty() : Optional.of(new CopySignatures(registry, source, target));
    }

    /**
     * A manifest to look at.
     *
     * @param parent what lists it: an index, or the subject of a referrer
     * @param known its bytes, where they were read already
     */
    private record Node(Link link, Digest digest, String mediaType, Digest parent, Optional<Manifest> known) {}

    private enum Link {
        CHILD,
        /** A referrer that the target lists too. */
        REFERRER,
        /** A referrer that the target does not list, and so has to be written even if it is there. */
        UNLISTED,
        /** What one of cosign's tags leads to; it is written by that tag. */
        SIGNATURE
    }

    /** What looking at one node brought. */
    private record Look(
            Node node,
            Optional<Manifest> read,
            boolean writes,
            List<Node> next,
            List<CopySignatures.Signature> signatures) {
        static Look nothing(Node node) {
            return new Look(node, Optional.empty(), false, List.of(), List.of());
        }
    }

    CopyPlan from(Manifest root, WorkPool pool) throws InterruptedException {
        List<Node> level =
                List.of(new Node(Link.CHILD, root.digest(), root.mediaType(), root.digest(), Optional.of(root)));
        seen.add(root.digest());
        int looks = 0;
        for (int depth = 0; !level.isEmpty(); depth++) {
            looks += level.size();
            refuseIf(depth > MAX_LEVELS, root, "it is nested deeper than " + MAX_LEVELS + " levels");
            refuseIf(looks > MAX_MANIFESTS, root, "more than " + MAX_MANIFESTS + " manifests belong to it");
            List<WorkPool.Work<Look>> work = new ArrayList<>();
            level.forEach(node -> work.add(() -> counted(look(node), root)));
            level = pool.all(work).stream()
                    .flatMap(look -> taken(look).stream())
                    .toList();
        }
        return plan;
    }

    /** Whether one of cosign's tags still has to be set; somebody may have signed there since it was looked at. */
    boolean stillWrites(Tag tag, Manifest signature) throws InterruptedException {
        return signatures.orElseThrow().compared(tag, signature).writes();
    }

    private void refuseIf(boolean tooMuch, Manifest root, String reason) {
        if (tooMuch) {
            throw new ReleaseException(
                    ImageRef.of(source, root.digest()) + " is not copied: " + reason + ".",
                    "Copy it without its referrers, or copy its parts one by one.");
        }
    }

    /** Counted where it is read, so that no more than the limit is ever held. */
    private Look counted(Look look, Manifest root) {
        long read = look.read().map(manifest -> manifest.descriptor().size()).orElse(0L);
        boolean tooMuch = bytes.addAndGet(read) > MAX_BYTES;
        refuseIf(tooMuch, root, "its manifests are larger than " + (MAX_BYTES >> 20) + " MiB together");
        return look;
    }

    private List<Node> taken(Look look) {
        if (look.writes()) {
            look.read().ifPresent(plan::write);
        }
        if (look.writes() && look.node().link() != Link.CHILD) {
            plan.list(look.node().parent(), look.node().digest());
        }
        look.signatures().stream()
                .filter(CopySignatures.Signature::writes)
                .forEach(signature -> plan.sign(signature.tag(), signature.manifest()));
        return look.next().stream().filter(this::isNews).toList();
    }

    /** A child that is there may be an unlisted referrer as well, and is then looked at again. */
    private boolean isNews(Node node) {
        return seen.add(node.digest()) || (node.link() == Link.UNLISTED && !plan.writes(node.digest()));
    }

    private Look look(Node node) throws InterruptedException {
        boolean there = node.link() != Link.SIGNATURE
                && registry.head(target, node.digest()).isPresent();
        boolean writes = node.link() == Link.UNLISTED || (node.link() != Link.SIGNATURE && !there);
        Optional<Manifest> manifest = node.known();
        if (manifest.isEmpty() && (writes || mayBeIndex(node))) {
            manifest = read(node);
            if (manifest.isEmpty()) {
                return Look.nothing(node);
            }
        }
        List<Node> next = new ArrayList<>();
        manifest.ifPresent(read -> next.addAll(children(read)));
        if (signatures.isEmpty()) {
            return new Look(node, manifest, writes, next, List.of());
        }
        next.addAll(referrers(node.digest()));
        List<CopySignatures.Signature> signed = signatures.get().of(node.digest());
        signed.forEach(signature -> next.add(node(signature, node.digest())));
        return new Look(node, manifest, writes, next, signed);
    }

    private static boolean mayBeIndex(Node node) {
        return node.mediaType().isEmpty() || MediaTypes.isIndex(node.mediaType());
    }

    /** The manifest, or nothing for a referrer that is none. */
    private Optional<Manifest> read(Node node) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(source, node.digest());
        if (node.link() != Link.CHILD) {
            return aboutItsSubject(node, manifest);
        }
        if (manifest.isEmpty()) {
            throw new ReleaseException(
                    ImageRef.of(source, node.parent()) + " is incomplete: it lists " + node.digest()
                            + ", which is not there.",
                    "Push the image again; one of its parts was deleted or never came.");
        }
        return manifest;
    }

    /** Anybody may write a fallback tag, so what it lists is believed only when it says the same itself. */
    private Optional<Manifest> aboutItsSubject(Node node, Optional<Manifest> manifest) {
        boolean about = manifest.flatMap(Manifest::subject)
                .filter(subject -> subject.digest().equals(node.parent()))
                .isPresent();
        if (!about) {
            log.accept("Left out " + node.digest() + ", which " + source + " lists as a referrer of " + node.parent()
                    + ": " + (manifest.isEmpty() ? "it is not there." : "it has another subject."));
        }
        return about ? manifest : Optional.empty();
    }

    private static List<Node> children(Manifest manifest) {
        if (!(manifest instanceof ImageIndex index)) {
            return List.of();
        }
        return index.manifests().stream()
                .filter(child -> !CopyBlobs.isBlobInIndex(child))
                .map(child -> node(Link.CHILD, child, index.digest()))
                .toList();
    }

    private List<Node> referrers(Digest subject) throws InterruptedException {
        List<Descriptor> all = registry.referrers(source, subject, "");
        if (all.isEmpty()) {
            return List.of();
        }
        Set<Digest> listed = registry.referrers(target, subject, "").stream()
                .map(Descriptor::digest)
                .collect(Collectors.toSet());
        return all.stream()
                .map(one -> node(listed.contains(one.digest()) ? Link.REFERRER : Link.UNLISTED, one, subject))
                .toList();
    }

    private static Node node(Link link, Descriptor described, Digest parent) {
        return new Node(link, described.digest(), described.mediaType(), parent, Optional.empty());
    }

    private static Node node(CopySignatures.Signature signature, Digest image) {
        Manifest manifest = signature.manifest();
        return new Node(Link.SIGNATURE, manifest.digest(), manifest.mediaType(), image, Optional.of(manifest));
    }
}
