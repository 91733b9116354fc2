package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that stands against a promotion, so that nobody mends one thing to be told the next. */
final class Problems {
    private final Map<String, ReleaseException> found = new LinkedHashMap<>();

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
