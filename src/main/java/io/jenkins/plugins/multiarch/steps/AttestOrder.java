package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Sbom;
import io.jenkins.plugins.multiarch.attest.ScanReport;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@code attest} is to say of which images, read from its arguments. */
record AttestOrder(
        List<ImageRef> images,
        List<Document> sboms,
        List<Document> scans,
        List<Document> predicates,
        boolean signed,
        StorageForm form,
        ArrayList<String> filesToSign) {
    private static final Pattern OF_PLATFORM = Pattern.compile("([a-z0-9]+/[a-z0-9_.-]+(?:/v?[0-9a-z]+)?)=(.+)");

    /**
     * A file with something to be said.
     *
     * @param platform whose image it is about; without one, about all
     * @param type of a predicate; empty where the file shows it
     */
    record Document(Optional<Platform> platform, String type, String path) {

        /** Reads {@code sbom.json} or {@code linux/arm64=sbom-arm64.json}. */
        static Document parse(String text) {
            Matcher matcher = OF_PLATFORM.matcher(text);
            return matcher.matches()
                    ? new Document(Optional.of(Platform.parse(matcher.group(1))), "", matcher.group(2))
                    : new Document(Optional.empty(), "", text);
        }

        /** @throws ReleaseException if the file is in no workspace, wherever that is */
        void refuseOutside() {
            WorkspacePath.refuseOutside(path, "of a document", "build/sbom.json");
        }
    }

    /** @throws ReleaseException if the arguments are unclear */
    static AttestOrder of(AttestStep step) {
        List<String> named = step.namedImages("attest");
        if (named.isEmpty() && step.getFiles().isEmpty()) {
            StepArguments.required(step.getImage(), "image", "ghcr.io/acme/app:1.4.2");
        }
        AttestOrder order = new AttestOrder(
                named.stream().map(ImageRef::parse).toList(),
                step.getSboms().stream().map(Document::parse).toList(),
                step.getScans().stream().map(Document::parse).toList(),
                typed(step.getPredicates()),
                step.isSign(),
                step.getFormat() == null ? StorageForm.BUNDLE : StorageForm.parse(step.getFormat()),
                new ArrayList<>(new LinkedHashSet<>(step.getFiles())));
        order.refuseUnlessOne();
        if (named.isEmpty() && step.isVerification()) {
            throw new ReleaseException(
                    "attest was told to attest that an image was verified, and was given none.",
                    "Name the image too, or leave verification out.");
        }
        boolean said = step.isProvenance() || step.isTestResults() || step.isVerification();
        if (!said && !order.signed && order.documentPaths().isEmpty()) {
            throw new ReleaseException(
                    "attest was told nothing to attest.",
                    "Leave provenance and sign on, or give testResults, verification, sboms, scans or predicates.");
        }
        return order;
    }

    /** Reads {@code TYPE=review.json} or {@code linux/arm64=TYPE=review.json}, each type once a platform. */
    static List<Document> typed(List<String> predicates) {
        Map<Optional<Platform>, List<String>> entries = new LinkedHashMap<>();
        for (String predicate : predicates) {
            Document of = Document.parse(predicate);
            entries.computeIfAbsent(of.platform(), first -> new ArrayList<>()).add(of.path());
        }
        List<Document> documents = new ArrayList<>();
        entries.forEach((platform, typed) -> StepArguments.pairs(
                        typed, "predicates", "https://example.com/review/v1=review.json")
                .forEach((type, path) -> documents.add(new Document(platform, ownType(type), path))));
        return documents;
    }

    /** Whoever trusts the key trusts it with the others; a file of the workspace may hold anything. */
    private static String ownType(String type) {
        if (PredicateTypes.isOfBuilder(type)) {
            throw new ReleaseException(
                    "attest was given a file of the type '" + Shown.of(type)
                            + "', which the controller says by itself and takes from nobody.",
                    "Give it a type of its own, as in https://example.com/review/v1.");
        }
        if (PredicateTypes.isOfScanner(type)) {
            throw new ReleaseException(
                    "attest was given a file of the type '" + Shown.of(type)
                            + "' as a predicate, which would be said of every image whichever it is of.",
                    "Give it in sboms or scans, where the image that it names is looked at.");
        }
        return PredicateTypes.parse(type);
    }

    private void refuseUnlessOne() {
        if (images.isEmpty() && !documentPaths().isEmpty()) {
            throw new ReleaseException(
                    "attest was given files to sign, and documents that are about an image.",
                    "Name the image too, or leave sboms, scans and predicates out.");
        }
        if (images.size() > 1 && !documentPaths().isEmpty()) {
            throw new ReleaseException(
                    "attest was given " + images.size() + " images, and documents that are about one.",
                    "Call it once for each image that has an SBOM, a scan or a predicate of its own.");
        }
    }

    /** The files that it needs. */
    ArrayList<String> documentPaths() {
        ArrayList<String> files = new ArrayList<>();
        List.of(sboms, scans, predicates).forEach(all -> all.forEach(document -> files.add(document.path())));
        return files;
    }

    /** Whether it is about a single image or file, which is checked as a whole when it is attested. */
    boolean isOfOne() {
        return images.size() + filesToSign.size() == 1;
    }

    List<String> registries() {
        return images.stream()
                .map(image -> image.repository().registry())
                .distinct()
                .toList();
    }

    /**
     * What to attest of one of the images.
     *
     * @param said of all of them
     * @param contents of the files
     * @param at stands for the time of a scan that does not say its own
     */
    AttestationRequest request(ImageRef image, List<Predicate> said, Map<String, byte[]> contents, Instant at) {
        List<Predicate> all = new ArrayList<>(said);
        Map<Platform, List<Predicate>> each = new LinkedHashMap<>();
        for (Document sbom : sboms) {
            put(sbom, Sbom.parse(contents.get(sbom.path())), all, each);
        }
        for (Document scan : scans) {
            put(scan, ScanReport.parse(contents.get(scan.path()), at), all, each);
        }
        for (Document predicate : predicates) {
            put(predicate, Predicate.custom(predicate.type(), contents.get(predicate.path())), all, each);
        }
        return new AttestationRequest(image, all, each, signed, form);
    }

    private static void put(
            Document document, Predicate predicate, List<Predicate> all, Map<Platform, List<Predicate>> each) {
        document.platform()
                .ifPresentOrElse(
                        platform -> each.computeIfAbsent(platform, first -> new ArrayList<>())
                                .add(predicate),
                        () -> all.add(predicate));
    }
}
