package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people: a line for each decision with its value and reason, then the labels. */
public final class PlanText {
    /** Columns of a value; longer ones push their reason to the right. */
    private static final int WIDTH = 30;

    private final List<String> lines = new ArrayList<>();

    public PlanText(ReleasePlan plan) {
        lines.add(plan.facts().ref().shown() + ", cause " + plan.facts().cause() + ":");
        for (Decision decision : plan.decisions()) {
            String value = decision.value().isEmpty() ? "-" : Shown.of(decision.value());
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-15s %-" + WIDTH + "s %s",
                    decision.name(),
                    value,
                    Shown.plain(decision.reason())));
        }
        plan.labels().forEach((key, value) -> lines.add("  label           " + Shown.of(key) + "=" + Shown.of(value)));
        plan.lanes().forEach(lane -> lines.add("  lane            " + Shown.of(lane)));
    }

    /** Each with its value and reason; none has a line break in it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
