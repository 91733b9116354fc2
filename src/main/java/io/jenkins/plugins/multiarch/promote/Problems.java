package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that stands against a promotion, so that nobody mends one thing to be told the next. */
final class Problems {
    private final Map<String, ReleaseException> found = new LinkedHashMap<>();

    /** A few calls of a registry for one thing; what is wrong with it stands against the promotion. */
    @FunctionalInterface
    interface Look<T> {
        void at(T thing) throws InterruptedException;
    }

    /** Looks at things, several at a time. */
    <T> void collect(WorkPool pool, List<T> things, Look<? super T> look) throws InterruptedException {
        List<WorkPool.Work<Optional<ReleaseException>>> work = new ArrayList<>();
        for (T thing : things) {
            work.add(() -> {
                try {
                    look.at(thing);
                    return Optional.empty();
                } catch (ReleaseException e) {
                    return Optional.of(e);
                }
            });
        }
        pool.all(work).forEach(found -> found.ifPresent(this::add));
    }

    void add(ReleaseException problem) {
        found.putIfAbsent(problem.getMessage(), problem);
    }

    void refuse() {
        List<ReleaseException> all = new ArrayList<>(found.values());
        if (all.size() == 1) {
            throw all.get(0);
        }
        if (!all.isEmpty()) {
            throw new ReleaseException(
                    "Nothing was promoted, for " + all.size() + " reasons:"
                            + all.stream()
                                    .map(problem -> "\n- " + problem.fact())
                                    .collect(Collectors.joining()),
                    "\n" + all.stream().map(ReleaseException::cure).distinct().collect(Collectors.joining("\n")));
        }
    }
}
