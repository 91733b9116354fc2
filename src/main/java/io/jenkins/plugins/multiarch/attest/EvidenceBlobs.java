package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Unreadable;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The bytes of evidence, each once though it may lie beside several images, and few of them at a time. */
final class EvidenceBlobs {
    private final Registry registry;
    private final Repository repository;
    private final EvidenceBudget budget;

    EvidenceBlobs(Registry registry, Repository repository, EvidenceBudget budget) {
        this.registry = registry;
        this.repository = repository;
        this.budget = budget;
    }

    /** Refuses, before the first is read, what would never end. */
    void refuseTooMany(Collection<Descriptor> pieces) {
        pieces.stream().filter(EvidenceBlobs::isReadable).forEach(budget::read);
    }

    private static boolean isReadable(Descriptor piece) {
        return piece.size() <= Bundle.MAX_SIZE;
    }

    /** Reads a piece and lets it be judged for each of its places; nothing of it is held afterwards. */
    <R> List<R> judge(Descriptor piece, List<EvidencePlace> places, EvidenceReader.Judge<R> judge)
            throws InterruptedException {
        if (!isReadable(piece)) {
            return judge(new Unreadable("it has " + piece.size() + " bytes"), places, judge);
        }
        budget.take(piece.size());
        try {
            return judge(read(piece), places, judge);
        } finally {
            budget.giveBack(piece.size());
        }
    }

    private static <R> List<R> judge(StoredEvidence evidence, List<EvidencePlace> places, EvidenceReader.Judge<R> judge)
            throws InterruptedException {
        Function<EvidencePlace, R> judged = judge.judge(evidence);
        return places.stream().map(judged).toList();
    }

    private StoredEvidence read(Descriptor piece) throws InterruptedException {
        try (InputStream in = registry.open(repository, piece)) {
            return StoredEvidence.parse(piece, in.readAllBytes());
        } catch (ReleaseException e) {
            if (!EvidencePlace.isOfContent(e)) {
                throw e;
            }
            return new Unreadable(StoredEvidence.clause(e));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (IOException e) {
            return new Unreadable("it broke off while it was read");
        }
    }
}
