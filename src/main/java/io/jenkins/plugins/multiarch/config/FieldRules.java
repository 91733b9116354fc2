package io.jenkins.plugins.multiarch.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import jenkins.model.Jenkins;

/** What the rules of the engine say about a field of a form, to those who may change it. */
public final class FieldRules {

    private FieldRules() {}

    /**
     * The refusal of a rule, in its words.
     *
     * @param item the job whose form it is, or null for the global configuration
     */
    public static FormValidation checked(@CheckForNull Item item, Runnable rule) {
        if (!mayConfigure(item)) {
            return FormValidation.ok();
        }
        try {
            rule.run();
            return FormValidation.ok();
        } catch (ReleaseException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** As {@link #checked(Item, Runnable)}; where nothing is refused, a doubt is a warning. */
    public static FormValidation checked(@CheckForNull Item item, Runnable rule, Runnable doubt) {
        FormValidation refused = checked(item, rule);
        if (refused.kind != FormValidation.Kind.OK) {
            return refused;
        }
        FormValidation doubted = checked(item, doubt);
        return doubted.kind == FormValidation.Kind.OK ? doubted : FormValidation.warning(doubted.getMessage());
    }
}
