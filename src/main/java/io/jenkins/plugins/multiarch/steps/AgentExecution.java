package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Looks whenever an agent comes, and when a time is over that was to be waited. */
final class AgentExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** How long agents may take to come back after the controller was started anew, in milliseconds. */
    private static final long RECONNECTING = TimeUnit.MINUTES.toMillis(1);

    private final String cell;

    /** When waiting ends, in milliseconds since 1970; kept, so that a restart gives no new time. */
    private long deadline;

    /** Until when, after a restart, an agent that is offline says nothing yet; in milliseconds since 1970. */
    private transient long settled;

    private transient ScheduledFuture<?> next;
    private transient boolean done;

    AgentExecution(String cell, StepContext context) {
        super(context);
        this.cell = cell;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        BuildCell parsed = BuildCell.parse(cell);
        PlatformRecords records = new PlatformRecords(getContext().get(Run.class));
        Optional<String> before = records.result(parsed);
        if (before.isPresent()) {
            log().println(parsed.plan().platform() + " was built already; it is not built again.");
            end();
            getContext().onSuccess(done(before.get()));
            return false;
        }
        deadline = System.currentTimeMillis()
                + TimeUnit.MINUTES.toMillis(parsed.placement().minutes());
        records.waiting(parsed);
        look();
        if (!isDone()) {
            log().println(parsed.plan().platform() + " waits for an agent with the label "
                    + parsed.placement().label()
                    + (parsed.placement().unavailable() == Unavailable.EMULATE
                            ? ", or for one that emulates it, for "
                            : ", for ")
                    + parsed.placement().minutes() + " minutes at most.");
        }
        return false;
    }

    @Override
    public void onResume() {
        settled = System.currentTimeMillis() + RECONNECTING;
        look();
    }

    private synchronized boolean isDone() {
        return done;
    }

    /** Ends the step if there is an agent, or something else to do, or no time left. */
    synchronized void look() {
        if (done) {
            return;
        }
        try {
            BuildCell parsed = BuildCell.parse(cell);
            HashMap<String, Object> place = place(parsed);
            if (place != null) {
                end();
                getContext().onSuccess(place);
            } else {
                lookAgainAt(System.currentTimeMillis() < settled ? settled : deadline);
            }
        } catch (ReleaseException e) {
            fail(RegistryCall.refused(e.getMessage(), e));
        } catch (IOException | RuntimeException | InterruptedException e) {
            if (!Jenkins.get().isTerminating()) { // or it looks again when the controller is back
                fail(e);
            }
        }
    }

    private @CheckForNull HashMap<String, Object> place(BuildCell parsed) throws IOException, InterruptedException {
        BuildCell.Placement placement = parsed.placement();
        if (AgentChecks.isAvailable(placement.label())) {
            return on(placement.label(), cell);
        }
        if (System.currentTimeMillis() < settled) {
            return null;
        }
        return switch (placement.unavailable()) {
            case EMULATE -> AgentChecks.isAvailable(placement.fallback()) ? emulated(parsed) : waited(parsed);
            case SKIP -> skipped(parsed);
            case FAIL -> throw unavailable(parsed, "");
            case DEFAULT, WAIT -> waited(parsed);
        };
    }

    private @CheckForNull HashMap<String, Object> waited(BuildCell parsed) {
        if (System.currentTimeMillis() >= deadline) {
            throw unavailable(parsed, " for " + parsed.placement().minutes() + " minutes");
        }
        return null;
    }

    private HashMap<String, Object> emulated(BuildCell parsed) throws IOException, InterruptedException {
        BuildCell.Placement placement = parsed.placement();
        log().println("No agent with the label " + placement.label() + " is online; "
                + parsed.plan().platform() + " is built under emulation by one with the label "
                + placement.fallback() + ".");
        return on(placement.fallback(), parsed.emulated().toJson());
    }

    private HashMap<String, Object> skipped(BuildCell parsed) throws IOException, InterruptedException {
        if (!parsed.placement().optional()) {
            throw unavailable(parsed, "");
        }
        log().println("No agent with the label " + parsed.placement().label() + " is online; "
                + parsed.plan().platform() + " is left out.");
        new PlatformRecords(getContext().get(Run.class)).skipped(parsed);
        return done(BuiltCell.skipped(parsed).toJson());
    }

    private static HashMap<String, Object> done(String result) {
        HashMap<String, Object> place = new HashMap<>();
        place.put("done", result);
        return place;
    }

    private static HashMap<String, Object> on(String label, String cell) {
        HashMap<String, Object> place = new HashMap<>();
        place.put("label", label);
        place.put("cell", cell);
        return place;
    }

    private static ReleaseException unavailable(BuildCell parsed, String time) {
        return new ReleaseException(
                "No agent with the label " + parsed.placement().label() + " was online" + time + " to build "
                        + parsed.plan().platform() + ".",
                "Bring one back, or say with onUnavailable what to do without.");
    }

    /** Nobody would look again, so that the branch would wait for ever. */
    private void fail(Exception reason) {
        end();
        getContext().onFailure(reason);
    }

    @Override
    public synchronized void stop(Throwable cause) throws Exception {
        end();
        super.stop(cause);
    }

    private void lookAgainAt(long time) {
        forgetNext();
        long left = Math.max(0, time - System.currentTimeMillis());
        next = Timer.get().schedule(this::look, left, TimeUnit.MILLISECONDS);
    }

    private void end() {
        done = true;
        forgetNext();
    }

    private void forgetNext() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private PrintStream log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger();
    }

    @Override
    public String getStatus() {
        return "waiting for an agent";
    }
}
