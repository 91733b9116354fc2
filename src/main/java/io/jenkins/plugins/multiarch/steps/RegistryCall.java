package io.jenkins.plugins.multiarch.steps;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;

/** A task with all that it needs, run where it is called: in the agent's Java or in the controller's. */
final class RegistryCall<T extends Serializable> extends MasterToSlaveFileCallable<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RegistryCall.class.getName());

    private final RegistryTask<T> task;
    private final RegistryAccess access;
    private final TaskListener listener;

    RegistryCall(RegistryTask<T> task, RegistryAccess access, TaskListener listener) {
        this.task = task;
        this.access = access;
        this.listener = listener;
    }

    @Override
    public T invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        return run(Optional.of(workspace.toPath()));
    }

    T withoutWorkspace() throws IOException, InterruptedException {
        return run(Optional.empty());
    }

    private T run(Optional<Path> workspace) throws AbortException, InterruptedException {
        PrintStream log = listener.getLogger();
        try {
            return task.run(access.open(), workspace, log::println);
        } catch (ReleaseException | IOException | UncheckedIOException | InvalidPathException e) {
            throw refusal(e).orElseThrow();
        } finally {
            // An agent sends its lines after a while; the build may be over by then.
            log.flush();
        }
    }

    /** What the build log says of a failure: nothing where it is an error of this program, which its trace tells more of. */
    static Optional<AbortException> refusal(Exception failure) {
        if (failure instanceof AbortException refused) {
            return Optional.of(refused);
        }
        if (failure instanceof ReleaseException) {
            return Optional.of(refused(failure.getMessage(), failure));
        }
        if (failure instanceof InvalidPathException path) {
            ReleaseException refusal = new ReleaseException(
                    "'" + Shown.of(path.getInput()) + "' cannot be the path of a file here: "
                            + Shown.of(path.getReason()) + ".",
                    "Name one file of the workspace, as in build/app.tar; there are no patterns.");
            return Optional.of(refused(refusal.getMessage(), failure));
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return refusal(unchecked.getCause());
        }
        if (failure instanceof IOException) {
            return Optional.of(refused(
                    "A file of the step could not be read or written: "
                            + failure.getClass().getSimpleName() + " "
                            + Shown.of(String.valueOf(failure.getMessage()))
                            + ". Check the paths, their rights and the free space, then run the step again.",
                    failure));
        }
        return Optional.empty();
    }

    /** The build log gets the message alone. */
    static AbortException refused(String message, Exception cause) {
        LOGGER.log(Level.FINE, message, cause);
        return new AbortException(message);
    }
}
