package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Points tags at images, all or none of them, in three stages: a preflight reads everything and refuses with all that stands
 * against it; then what other repositories lack is copied there; then the tags move as one transaction. Who promotes the
 * same tags waits.
 *
 * <p>Doing it again changes nothing. One object remembers the manifests it has read, so that promoting what {@link #plan}
 * showed reads none of them twice.
 */
public final class Promotion {
    /** How often it is tried where somebody else comes between and gives way too. */
    private static final int ATTEMPTS = 3;

    private final Registry registry;
    private final Consumer<String> log;
    private final Journal journal;
    private final TagLocks locks;
    private final KnownManifests manifests;
    private final ImageReading reading;
    private final Delivery delivery;
    private final Moves moves;
    private final Rivals rivals;

    /**
     * Without a journal: what breaks off because the process dies stays as it is.
     *
     * @param log gets one line for each tag, and for each copy to another repository
     */
    public Promotion(Registry registry, Consumer<String> log) {
        this(registry, log, Journal.NONE, TagLocks.ofProcess());
    }

    /**
     * @param journal has to be without an unfinished promotion, or to be {@linkplain #recover recovered} first
     * @param locks shared by all who may move the same tags
     */
    public Promotion(Registry registry, Consumer<String> log, Journal journal, TagLocks locks) {
        this(registry, log, journal, locks, Copier.here(registry, log), Optional.empty());
    }

    /**
     * @param copier brings to other repositories what they lack
     * @param receipts what leaves a receipt of each promotion beside its images
     */
    public Promotion(
            Registry registry,
            Consumer<String> log,
            Journal journal,
            TagLocks locks,
            Copier copier,
            Optional<Receipts> receipts) {
        this.registry = registry;
        this.log = log;
        this.journal = journal;
        this.locks = locks;
        this.manifests = new KnownManifests(registry);
        this.reading = new ImageReading(registry, manifests);
        this.delivery = new Delivery(registry, copier, manifests);
        this.moves = new Moves(registry, manifests, reading, journal, receipts, log);
        this.rivals = new Rivals(registry, reading);
    }

    /** What {@link #promote} would do now; reads, and writes nothing. */
    public PromotionPlan plan(PromotionRequest request) throws InterruptedException {
        boolean required = request.guards().evidence() != Evidence.NONE;
        PromotionPlan plan = planning().explained(survey(request, false), required);
        plan.lines().forEach(log);
        return plan;
    }

    /**
     * Moves the tags, or none of them: where something newer stands there the result says so.
     *
     * @throws ReleaseException saying why nothing was promoted, or exactly which tags could not be put back
     * @throws InterruptedException when it was stopped, after every tag is back where it was; or after every tag has moved,
     *     where that came while receipts were left or a mirror that may lag followed
     */
    public PromotedTags promote(PromotionRequest request) throws IOException, InterruptedException {
        return promote(request, survey -> {});
    }

    /** What has to hold of a survey, under the locks of its tags. */
    @FunctionalInterface
    interface Condition {
        void refuseUnless(Survey survey) throws IOException, InterruptedException;
    }

    PromotedTags promote(PromotionRequest request, Condition condition) throws IOException, InterruptedException {
        try (TagLocks.Held held = locks.take(request.names(), log)) {
            Survey survey = survey(request, held.waited());
            condition.refuseUnless(survey);
            return perform(request, survey, 1);
        }
    }

    /**
     * As {@link #promote}, provided that its plan still has this hash.
     *
     * @param agreed the plan of that hash where it was kept, to name what has changed since
     */
    public PromotedTags apply(PromotionRequest request, Digest hash, Optional<PromotionPlan> agreed)
            throws IOException, InterruptedException {
        return promote(request, agreedTo(hash, agreed));
    }

    Condition agreedTo(Digest hash, Optional<PromotionPlan> agreed) {
        return survey -> planning().plan(survey).refuseUnless(hash, agreed);
    }

    /** A request, to be planned and carried out. */
    public ReleaseMove of(PromotionRequest request) {
        return new PromotionMove(this, request);
    }

    /**
     * Ends what broke off, a promotion or a rollback, with the receipt that it was to leave.
     *
     * @param broken its journal
     */
    public static Optional<PromotedTags> recover(
            Registry registry, Consumer<String> log, Journal broken, TagLocks locks, Receipts receipts)
            throws IOException, InterruptedException {
        Copier nothingToCopy = Copier.here(registry, log);
        return new Promotion(registry, log, broken, locks, nothingToCopy, Optional.of(receipts)).recover();
    }

    /** Finishes or takes back what the journal holds unfinished, and says what became of its tags; nothing where all ended. */
    public Optional<PromotedTags> recover() throws IOException, InterruptedException {
        Optional<Unfinished> unfinished = Unfinished.in(journal);
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        try (TagLocks.Held held = locks.take(unfinished.get().names(), log)) {
            return Optional.of(moves.finish(unfinished.get()));
        }
    }

    private Planning planning() {
        return new Planning(registry, reading, new ImageCopy(registry, log));
    }

    private Survey survey(PromotionRequest request, boolean waited) throws InterruptedException {
        if (request.channel().isPresent()) {
            new Channels(registry).refuseUnlessFree(request.channel().get());
        }
        return new Preflight(registry, manifests, reading).survey(request, waited);
    }

    private PromotedTags perform(PromotionRequest request, Survey survey, int attempt)
            throws IOException, InterruptedException {
        Followers followers = new Followers(moves, rivals, survey.lagging());
        List<Candidate> release = survey.release();
        if (!survey.supersededBy().isEmpty()) {
            return superseded(survey, survey.supersededBy());
        }
        delivery.bring(release);
        for (Mirror mirror : survey.mirrorsThatMayLag()) {
            followers.orLag(mirror, () -> delivery.bring(survey.of(mirror)));
        }
        delivery.proveRightToWrite(release);
        Moves.Moved moved = moves.move(request, survey);
        if (moved.lost().isPresent()) {
            return lost(request, survey, moved.lost().get(), attempt);
        }
        List<String> unrecorded = new ArrayList<>(moved.unrecorded());
        for (Mirror mirror : survey.mirrorsThatMayLag()) {
            followers.orLag(mirror, () -> unrecorded.addAll(followers.follow(request, survey.settled(mirror))));
        }
        return promoted(survey, followers.behind(), moved, unrecorded);
    }

    private PromotedTags lost(PromotionRequest request, Survey survey, LostRace race, int attempt)
            throws IOException, InterruptedException {
        if (attempt < ATTEMPTS && rivals.haveGivenWay(survey, race)) {
            Survey again = survey(request, true);
            if (Rivals.isTheSame(survey, again)) {
                log.accept("Trying again: whoever set " + race.name() + " has given way too.");
                return perform(request, again, attempt + 1);
            }
        }
        return superseded(survey, rivals.release(race));
    }

    private PromotedTags promoted(
            Survey survey, Map<Mirror, String> lagging, Moves.Moved moved, List<String> unrecorded) {
        List<MovedTag> tags = new ArrayList<>(survey.tagsWithout(lagging.keySet()));
        tags.stream().filter(tag -> !tag.changed()).forEach(tag -> log.accept(tag.happened()));
        survey.absent().forEach(log);
        List<String> behind = Survey.lines(lagging);
        behind.forEach(log);
        tags.addAll(moved.channel());
        return new PromotedTags(tags, "", behind, moved.release(), unrecorded);
    }

    private PromotedTags superseded(Survey survey, String by) throws InterruptedException {
        log.accept("Nothing was promoted: superseded by " + by + ".");
        return new PromotedTags(rivals.tags(survey), by, List.of());
    }
}
