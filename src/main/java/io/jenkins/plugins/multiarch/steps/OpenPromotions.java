package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** By the journal. */
    private final LinkedHashMap<String, Access> steps;

    /** What a step reaches registries and signs with, by the ids of credentials. */
    private static final class Access {
        private final String registry;
        private final @CheckForNull String credentialsId;
        private final ReceiptKey receiptKey;

        /** @param registry of the first image, which the credentials are for */
        Access(String registry, @CheckForNull String credentialsId, ReceiptKey receiptKey) {
            this.registry = registry;
            this.credentialsId = credentialsId;
            this.receiptKey = receiptKey;
        }
    }

    private OpenPromotions(Map<String, Access> steps) {
        this.steps = new LinkedHashMap<>(steps);
    }

    /** Writes down that a promotion begins, before any tag of it moves. */
    static void begin(
            Run<?, ?> run,
            FileJournal journal,
            String registry,
            @CheckForNull String credentialsId,
            ReceiptKey receiptKey)
            throws IOException {
        synchronized (run) {
            Map<String, Access> all = of(run);
            all.put(journal.name(), new Access(registry, credentialsId, receiptKey));
            run.addOrReplaceAction(new OpenPromotions(all));
        }
        run.save();
    }

    /** Forgets it; that is on the disk with whatever is saved next. */
    static void end(Run<?, ?> run, FileJournal journal) {
        synchronized (run) {
            Map<String, Access> all = of(run);
            all.remove(journal.name());
            run.addOrReplaceAction(new OpenPromotions(all));
        }
    }

    private static Map<String, Access> of(Run<?, ?> run) {
        OpenPromotions open = run.getAction(OpenPromotions.class);
        return open == null ? new LinkedHashMap<>() : new LinkedHashMap<>(open.steps);
    }

    /**
     * Whoever left a journal: the build, and how its step reaches registries and signs.
     *
     * @param run the build, which may be over
     */
    record Owner(Run<?, ?> run, Access step) {

        /** Ends it as that build would have. */
        Optional<io.jenkins.plugins.multiarch.promote.PromotedTags> end(FileJournal broken, TaskListener listener)
                throws IOException, InterruptedException {
            List<String> registries = Stream.concat(
                            Stream.of(step.registry),
                            broken.unfinished().stream()
                                    .map(TagName::repository)
                                    .map(repository -> repository.registry()))
                    .distinct()
                    .toList();
            Registry registry = new RegistryLogins(run)
                    .access(step.credentialsId, registries)
                    .open();
            Receipts receipts = BuildReceipts.of(run, listener, step.receiptKey).leaving(registry);
            Consumer<String> log = listener.getLogger()::println;
            return Promotion.recover(registry, log, broken, Promotions.get().locks(), receipts);
        }
    }

    /** Whoever left a journal, where that is a build that is there still. */
    static Optional<Owner> owner(FileJournal broken) throws IOException {
        Optional<String> id = broken.owner();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> run = Run.fromExternalizableId(id.get());
            return run == null
                    ? Optional.empty()
                    : Optional.ofNullable(of(run).get(broken.name())).map(step -> new Owner(run, step));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the name of somebody who is no build
        }
    }

    /** Ends those that broke off, with the credentials of their steps. */
    static void recover(Run<?, ?> run, TaskListener listener) {
        Promotions promotions = Promotions.get();
        Consumer<String> log = listener.getLogger()::println;
        of(run).forEach((name, step) -> {
            try {
                promotions.folder().recover(name, promotions.locks(), log, broken -> {
                    Optional<io.jenkins.plugins.multiarch.promote.PromotedTags> ended =
                            new Owner(run, step).end(broken, listener);
                    return BuildReceipts.of(run, listener, step.receiptKey).recovered(ended);
                });
            } catch (ReleaseException | IOException e) {
                LOGGER.log(Level.FINE, "A promotion stays open.", e);
                log.accept("A promotion that broke off could not be ended yet: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
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
