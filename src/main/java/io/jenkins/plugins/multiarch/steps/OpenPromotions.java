package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;

/**
 * The journals of promotions that a build is in the middle of. Saved with the build, so that they are ended as soon as
 * Jenkins is back: its steps go on only when their node is, which may be never.
 */
public final class OpenPromotions extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(OpenPromotions.class.getName());

    /** By the journal: the registry of the first image, and the id of its credentials where the step has one. */
    private final LinkedHashMap<String, String[]> logins;

    private OpenPromotions(Map<String, String[]> logins) {
        this.logins = new LinkedHashMap<>(logins);
    }

    /** Writes down that a promotion begins, before any tag of it moves. */
    static void begin(Run<?, ?> run, FileJournal journal, String registry, @CheckForNull String credentialsId)
            throws IOException {
        synchronized (run) {
            Map<String, String[]> all = of(run);
            all.put(
                    journal.name(),
                    credentialsId == null ? new String[] {registry} : new String[] {registry, credentialsId});
            run.addOrReplaceAction(new OpenPromotions(all));
        }
        run.save();
    }

    /** Forgets it; that is on the disk with whatever is saved next. */
    static void end(Run<?, ?> run, FileJournal journal) {
        synchronized (run) {
            Map<String, String[]> all = of(run);
            all.remove(journal.name());
            run.addOrReplaceAction(new OpenPromotions(all));
        }
    }

    private static Map<String, String[]> of(Run<?, ?> run) {
        OpenPromotions open = run.getAction(OpenPromotions.class);
        return open == null ? new LinkedHashMap<>() : new LinkedHashMap<>(open.logins);
    }

    /** Ends those that broke off, with the credentials of their steps. */
    static void recover(Run<?, ?> run, TaskListener listener) {
        of(run).forEach((name, login) -> {
            try {
                recover(run, name, login, listener);
            } catch (ReleaseException | IOException e) {
                LOGGER.log(Level.FINE, "A promotion stays open.", e);
                listener.getLogger().println("A promotion that broke off could not be ended yet: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void recover(Run<?, ?> run, String name, String[] login, TaskListener listener)
            throws IOException, InterruptedException {
        Promotions promotions = Promotions.get();
        promotions.folder().recover(name, broken -> {
            List<String> registries = Stream.concat(
                            Stream.of(login[0]),
                            broken.unfinished().stream()
                                    .map(TagName::repository)
                                    .map(repository -> repository.registry()))
                    .distinct()
                    .toList();
            RegistryAccess access = new RegistryLogins(run).access(login.length > 1 ? login[1] : null, registries);
            Registry registry = access.open();
            Consumer<String> log = listener.getLogger()::println;
            Promotion.recover(registry, log, broken, promotions.locks(), BuildReceipts.of(registry));
        });
    }

    /** Comes when Jenkins has loaded the build again, and before it waits for nodes. */
    @Extension
    public static final class Resumed extends FlowExecutionListener {

        @Override
        public void onResumed(FlowExecution execution) {
            try {
                if (execution.getOwner().getExecutable() instanceof Run<?, ?> run && !of(run).isEmpty()) {
                    TaskListener listener = execution.getOwner().getListener();
                    Computer.threadPoolForRemoting.execute(() -> recover(run, listener));
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "The promotions of a build could not be ended.", e);
            }
        }
    }
}
