package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says why a command was not done: fact and cure, a stack trace only with {@code --debug}. */
final class Refusals {
    static final int STOPPED = 130;

    private final Surroundings around;

    Refusals(Surroundings around) {
        this.around = around;
    }

    int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        around.say(wrong.getMessage());
        around.say("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    int refused(Exception problem, CommandLine command, ParseResult parsed) {
        if (command.getCommandSpec().userObject() instanceof Verb verb && verb.isDebug()) {
            problem.printStackTrace(around.err());
        }
        if (isStop(problem)) {
            around.say(
                    "Stopped. What was done until here is said above; run it again to finish, nothing is done twice.");
            return STOPPED;
        }
        around.say(message(problem));
        return ExitCode.SOFTWARE;
    }

    /** Files and channels say in their own words that they were interrupted; a time limit is another thing. */
    private static boolean isStop(Exception problem) {
        return problem instanceof InterruptedException
                || problem instanceof CancellationException
                || problem instanceof ClosedByInterruptException
                || problem instanceof InterruptedIOException && !(problem instanceof SocketTimeoutException);
    }

    private static String message(Exception problem) {
        if (problem instanceof ReleaseException refusal) {
            return refusal.getMessage();
        }
        if (problem instanceof FileSystemException file) {
            return Shown.of(String.valueOf(file.getFile())) + " " + fact(file);
        }
        if (problem instanceof IOException) {
            return "A file could not be read or written: " + Shown.of(String.valueOf(problem.getMessage()))
                    + ". Check the files and folders named on the command line, and the space left on the disk.";
        }
        return "This is a fault in multiarch-release: " + problem.getClass().getSimpleName()
                + ". Run it again with --debug and report what it prints.";
    }

    private static String fact(FileSystemException problem) {
        if (problem instanceof NoSuchFileException) {
            return "does not exist. Check the path.";
        }
        if (problem instanceof AccessDeniedException) {
            return "may not be read or written. Check whose it is and its permissions.";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "exists already. Delete it, or name another.";
        }
        return "could not be read or written: " + Shown.of(String.valueOf(problem.getReason()))
                + ". Check the path and the space left on the disk.";
    }
}
