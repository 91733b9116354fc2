package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Deletes what no rule keeps and nothing that is kept needs, of repositories of any registry.
 *
 * <p>What a plan says is what is deleted: before anything goes, everything is read and judged anew.
 */
public final class Retention {
    private final Registry registry;
    private final Stores stores;
    private final Consumer<String> log;
    private final Clock clock;

    /** @param log gets the lines of a plan, or one for each deletion */
    public Retention(Registry registry, Stores stores, Consumer<String> log) {
        this(registry, stores, log, Clock.systemUTC());
    }

    Retention(Registry registry, Stores stores, Consumer<String> log, Clock clock) {
        this.registry = registry;
        this.stores = stores;
        this.log = log;
        this.clock = clock;
    }

    /** Says what would be deleted, and deletes nothing. */
    public RetentionPlan plan(RetentionRequest request) throws InterruptedException {
        RetentionPlan plan = read(request, now()).plan();
        plan.lines().forEach(log);
        return plan;
    }

    /**
     * Deletes what is not kept.
     *
     * @param agreed the plan that was agreed to; without, whatever the rules say now
     * @param archive gets every manifest before it is deleted
     * @throws ReleaseException if the plan is no longer that one, or would be refused; nothing is deleted then
     */
    public PruneReport apply(RetentionRequest request, Optional<PlanHash> agreed, Archive archive)
            throws InterruptedException {
        return apply(request, agreed, archive, plan -> {});
    }

    /**
     * As {@link #apply(RetentionRequest, Optional, Archive)}.
     *
     * @param begins gets the plan before anything is deleted, and prevents that by an exception
     */
    public PruneReport apply(
            RetentionRequest request, Optional<PlanHash> agreed, Archive archive, Consumer<RetentionPlan> begins)
            throws InterruptedException {
        Instant now = now();
        Instant time = agreed.map(PlanHash::time).orElse(now);
        if (time.isAfter(now)) {
            throw new ReleaseException(
                    "Nothing was deleted: the plan " + agreed.get() + " was made after now.",
                    "Check the clocks of both machines, then look at a new plan.");
        }
        Planned planned = read(request, time);
        refuseUnless(planned.plan(), agreed);
        planned.plan().notes().forEach(log);
        begins.accept(planned.plan());
        return prune(planned.plan().hash(), planned, archive, Map.of());
    }

    /**
     * Goes on with a plan that was begun and broke off. Its deletions that are still to come are made as far as nothing needs
     * them by now, and those that were made are counted with them.
     *
     * @param archive that the plan was begun with
     * @throws ReleaseException if something else would go as well
     */
    public PruneReport resume(RetentionRequest request, BegunPlan begun, Archive archive)
            throws IOException, InterruptedException {
        Planned planned = read(begun.of(request), begun.hash().time());
        refuseUnless(planned.plan(), Optional.empty());
        begun.refuseUnlessCovers(planned.plan());
        Map<Repository, Map<Digest, Removal>> earlier = new HashMap<>();
        archive.read(one -> {
            Map<Digest, Node> there =
                    planned.read().get(one.repository()).graph().nodes();
            if (!there.containsKey(one.digest())) {
                earlier.computeIfAbsent(one.repository(), none -> new TreeMap<>())
                        .put(one.digest(), Removal.DELETED);
            }
        });
        return prune(begun.hash(), planned, archive, earlier);
    }

    private PruneReport prune(
            PlanHash hash, Planned planned, Archive archive, Map<Repository, Map<Digest, Removal>> earlier)
            throws InterruptedException {
        List<PrunedRepository> pruned = new ArrayList<>();
        Optional<String> end = Optional.empty();
        Optional<ReleaseException> failure = Optional.empty();
        for (RepositoryPlan plan : planned.plan().repositories()) {
            if (end.isPresent()) {
                pruned.add(PrunedRepository.left(plan, end.get()));
                continue;
            }
            ReadRepository read = planned.read().get(plan.repository());
            Pruning pruning = new Pruning(registry, stores.of(plan.repository()), log, archive, read);
            pruned.add(pruning.prune(plan, earlier.getOrDefault(plan.repository(), Map.of())));
            end = pruning.end();
            failure = failure.or(pruning::failure);
        }
        return new PruneReport(hash, pruned, failure);
    }

    private static void refuseUnless(RetentionPlan plan, Optional<PlanHash> agreed) {
        if (agreed.filter(hash -> !hash.equals(plan.hash())).isPresent()) {
            throw new ReleaseException(
                    "Nothing was deleted: the plan " + agreed.get() + " holds no longer; it would be " + plan.hash()
                            + " by now.",
                    "Look at a new plan, then apply that one.");
        }
        if (!plan.refusals().isEmpty()) {
            throw new ReleaseException(
                    "Nothing was deleted: " + String.join(" ", plan.refusals()),
                    "Look at the plan, and at the rules; then allow it, if it is what you want.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private record Planned(RetentionPlan plan, Map<Repository, ReadRepository> read) {}

    private Planned read(RetentionRequest request, Instant now) throws InterruptedException {
        Map<Repository, ReadRepository> all = new LinkedHashMap<>();
        List<RepositoryPlan> plans = new ArrayList<>();
        for (Repository repository : request.repositories()) {
            ManifestStore store = stores.of(repository);
            ReadRepository read = read(repository, store, request, now);
            all.put(repository, read);
            plans.add(plan(repository, store, read, request.rules()));
        }
        int changes = plans.stream().mapToInt(RepositoryPlan::changes).sum();
        boolean tooMany = request.rules().maxDeletes().isPresent()
                && changes > request.rules().maxDeletes().getAsInt();
        String refusal = tooMany
                ? changes + " deletions are more than the "
                        + request.rules().maxDeletes().getAsInt() + " that are allowed."
                : "";
        List<Graph> graphs = all.values().stream().map(ReadRepository::graph).toList();
        return new Planned(new RetentionPlan(now, plans, new IdleRules(request, graphs).notes(), refusal), all);
    }

    private ReadRepository read(Repository repository, ManifestStore store, RetentionRequest request, Instant now)
            throws InterruptedException {
        GraphReader reader = new GraphReader(registry, repository);
        Optional<List<StoredManifest>> listed = store.list(repository);
        store.tagged(repository).ifPresent(reader::take);
        Set<Digest> unlisted = new TreeSet<>(request.left().in(repository));
        if (listed.isEmpty()) {
            // No tag may lead to a root, and what it needs is still kept.
            unlisted.addAll(request.rootsIn(repository));
        }
        Graph graph = reader.read(listed, unlisted);
        if (listed.isPresent() && listed.get().stream().anyMatch(reader::lacks)) {
            graph = reader.withAbsent(store.list(repository).orElse(List.of()));
        }
        graph = reader.withTimesOf(timed(graph, request.rules()));
        Marks marks = Marks.of(graph, request.rules(), request.roots(), request.left().judged(graph), now);
        boolean more = listed.isEmpty() && registry.hasReferrersApi(repository);
        while (more) {
            Optional<Graph> further = reader.withReferrersOf(marks.deleted());
            more = further.isPresent();
            graph = further.orElse(graph);
            marks = Marks.of(graph, request.rules(), request.roots(), request.left().judged(graph), now);
        }
        if (store.deletesWhatIsListed()) {
            marks.keepWhatTakesAlong(store.name());
        }
        return new ReadRepository(reader, graph, marks);
    }

    /** The manifests whose age matters. */
    private static List<Digest> timed(Graph graph, RetentionRules rules) {
        List<Digest> all = new ArrayList<>();
        for (Map.Entry<Tag, Digest> tag : graph.tags().entrySet()) {
            if (!Graph.isAttached(tag.getKey()) && rules.needsTime(graph.repository(), tag.getKey())) {
                all.add(tag.getValue());
            }
        }
        return all;
    }

    private static RepositoryPlan plan(
            Repository repository, ManifestStore store, ReadRepository read, RetentionRules rules)
            throws InterruptedException {
        String refusal = rules.mayEmpty() ? "" : read.emptied();
        Optional<Visibility> visibility = store.visibility(repository);
        return new RepositoryPlan(
                repository,
                store.name(),
                visibility,
                read.manifests(),
                read.untags(),
                read.freed(),
                read.notes(),
                refusal);
    }
}
