package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.attest.EvidenceBeside;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a plan for people of what the preflight found; reads, and writes nothing. */
final class Planning {
    private final Registry registry;
    private final ImageReading reading;
    private final ImageCopy copy;

    Planning(Registry registry, ImageReading reading, ImageCopy copy) {
        this.registry = registry;
        this.reading = reading;
        this.copy = copy;
    }

    PromotionPlan plan(Survey survey) throws InterruptedException {
        List<PlannedTag> tags = new ArrayList<>();
        for (Candidate candidate : survey.candidates()) {
            tags.add(tag(candidate));
        }
        List<PlannedCopy> copies = new ArrayList<>();
        List<Candidate> moving =
                survey.candidates().stream().filter(Candidate::moves).toList();
        for (Candidate one : Survey.copies(moving)) {
            long bytes = copy.bytesToSend(one.image().repository(), one.manifest(), one.target(), CopyScope.REFERRERS);
            copies.add(new PlannedCopy(one.image(), one.target(), bytes));
        }
        return new PromotionPlan(
                tags,
                List.of(),
                copies,
                survey.supersededBy(),
                survey.laggingLines(),
                survey.channel().map(ChannelMove::planned));
    }

    /** The plan of a survey, with where its images come from. */
    PromotionPlan explained(Survey survey, boolean required) throws InterruptedException {
        List<ImageRef> moving = survey.candidates().stream()
                .filter(Candidate::moves)
                .map(Candidate::image)
                .distinct()
                .toList();
        try (WorkPool pool = new WorkPool()) {
            return plan(survey)
                    .from(pool.all(moving.stream()
                            .<WorkPool.Work<PlannedImage>>map(image ->
                                    () -> new PlannedImage(image, EvidenceBeside.read(registry, image), required))
                            .toList()));
        }
    }

    private PlannedTag tag(Candidate candidate) throws InterruptedException {
        MovedTag planned = candidate.planned();
        if (!planned.changed()) {
            return new PlannedTag(planned, "", "", List.of(), List.of());
        }
        Digest next = candidate.change().digest();
        Optional<Digest> previous = candidate.change().previous();
        Set<Platform> offered = reading.platforms(candidate.image().repository(), next);
        Set<Platform> standing =
                previous.isPresent() ? reading.platforms(candidate.target(), previous.get()) : Set.of();
        return new PlannedTag(
                planned,
                previous.isPresent()
                        ? reading.facts(candidate.target(), previous.get()).version()
                        : "",
                reading.facts(candidate.image().repository(), next).version(),
                offered.stream()
                        .filter(platform -> standing.stream().noneMatch(platform::satisfies))
                        .toList(),
                TagChecks.lost(reading, candidate));
    }
}
