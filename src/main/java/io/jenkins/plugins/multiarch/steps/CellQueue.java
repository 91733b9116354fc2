package io.jenkins.plugins.multiarch.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Platforms that are still to be built, for one lane or several. The packaged script takes from it; it is kept with the
 * Pipeline.
 *
 * <p>Lanes are shared out evenly between labels, so that those of quick agents do not end up waiting for slow ones.
 */
public final class CellQueue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String LABEL = "label";

    private final ArrayList<Map<String, Object>> waiting;
    private final HashMap<String, Integer> underWay = new HashMap<>();

    /** @param cells as the script has them, with their {@code label} */
    CellQueue(List<Map<String, Object>> cells) {
        waiting = new ArrayList<>(cells);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The first of those whose label has the fewest under way. */
    public Map<String, Object> take() {
        Map<String, Object> taken = waiting.stream()
                .min(Comparator.comparing(cell -> underWay(label(cell))))
                .orElseThrow();
        waiting.remove(taken);
        underWay.merge(label(taken), 1, Integer::sum);
        return taken;
    }

    /** Whatever became of it. */
    public void end(Map<String, Object> cell) {
        underWay.merge(label(cell), -1, Integer::sum);
    }

    private int underWay(String label) {
        return underWay.getOrDefault(label, 0);
    }

    private static String label(Map<String, Object> cell) {
        return (String) cell.get(LABEL);
    }
}
