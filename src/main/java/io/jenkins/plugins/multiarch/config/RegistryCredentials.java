package io.jenkins.plugins.multiarch.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials that a form offers for a registry, to those who may know of them. */
public final class RegistryCredentials {

    private RegistryCredentials() {}

    /**
     * What can be chosen, or only what is chosen already for somebody who may not see the rest.
     *
     * @param item the job whose form it is, or null for the global configuration
     */
    public static ListBoxModel choices(@CheckForNull Item item, String current) {
        return choices(item, current, List.of(StandardUsernamePasswordCredentials.class));
    }

    /** As {@link #choices(Item, String)}, of these kinds. */
    public static ListBoxModel choices(@CheckForNull Item item, String current, List<? extends Class<?>> kinds) {
        CredentialsMatcher matcher = CredentialsMatchers.anyOf(
                kinds.stream().map(CredentialsMatchers::instanceOf).toArray(CredentialsMatcher[]::new));
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!mayChoose(item)) {
            return choices.includeCurrentValue(current);
        }
        choices.includeEmptyValue();
        if (item == null) {
            choices.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), matcher);
        } else {
            choices.includeMatchingAs(authentication(item), item, StandardCredentials.class, List.of(), matcher);
        }
        return choices.includeCurrentValue(current);
    }

    private static boolean mayChoose(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    private static Authentication authentication(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
