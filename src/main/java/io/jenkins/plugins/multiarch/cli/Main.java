package io.jenkins.plugins.multiarch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program {@code multiarch-release}: exit code 0 for done, 1 for refused, 2 for wrong usage, 130 for stopped.
 */
@Command(
        name = Main.NAME,
        header = "Releases container images for several architectures, digest for digest.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = HelpCommand.class,
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  multiarch-release build --image ghcr.io/acme/app --platforms linux/amd64,linux/arm64 --tags 1.4",
            "  multiarch-release promote --images ghcr.io/acme/app:1.4 --tags stable"
        })
public final class Main implements Runnable {
    static final String NAME = "multiarch-release";
    /** How long an interrupted command may take to leave everything in order. */
    private static final int LAST_SECONDS = 10;
    /** After how many of these it says that it is not in order yet; some who end processes wait no longer than ten in all. */
    private static final int FIRST_SECONDS = 4;
    /** Columns of the help texts. */
    private static final int WIDTH = 100;

    @Spec
    private CommandSpec spec;

    /** Reads the version from the jar's own manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(not packed)" : version)};
        }
    }

    public static void main(String[] args) {
        CountDownLatch ended = endWithTheProcess(Thread.currentThread());
        int code = run(Surroundings.ofProcess(), args);
        ended.countDown();
        System.exit(code);
    }

    /** Ctrl-C interrupts the command and waits for it, so that uploads are given up and no half-written file stays. */
    private static CountDownLatch endWithTheProcess(Thread command) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    if (ended.getCount() == 0) {
                        return;
                    }
                    command.interrupt();
                    try {
                        awaitOrder(ended);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return ended;
    }

    /** Tags are never left half moved for want of time. */
    private static void awaitOrder(CountDownLatch ended) throws InterruptedException {
        if (ended.await(FIRST_SECONDS, TimeUnit.SECONDS)) {
            return;
        }
        Optional<String> journal = OpenJournal.name();
        if (journal.isEmpty()) {
            ended.await(LAST_SECONDS - FIRST_SECONDS, TimeUnit.SECONDS);
            return;
        }
        System.err.println("Tags are still being put back, as the journal " + journal.get()
                + " tells. Where this is killed, the same command with the same --state goes on with that.");
        ended.await();
    }

    /** Runs one command and gives its exit code. */
    static int run(Surroundings around, String... args) {
        return commandLine(around, args).execute(args);
    }

    static CommandLine commandLine(Surroundings around, String[] args) {
        CommandLine line = new CommandLine(new Main());
        verbs(around, args).forEach(line::addSubcommand);
        Converters.register(line);
        return line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler(new Refusals(around)::wrongUsage)
                .setExecutionExceptionHandler(new Refusals(around)::refused);
    }

    /** Reading a verb's flags takes time, so only those of the verb that was asked for are read. */
    private static List<Object> verbs(Surroundings around, String[] args) {
        Map<String, Function<Surroundings, Object>> all = new LinkedHashMap<>();
        all.put("plan", PlanVerb::new);
        all.put("inspect", InspectVerb::new);
        all.put("build", BuildVerb::new);
        all.put("gate", Main::gate);
        all.put("publish-index", PublishIndexVerb::new);
        all.put("copy", CopyVerb::new);
        all.put("stage", StageVerb::new);
        all.put("unstage", UnstageVerb::new);
        all.put("promote", PromoteVerb::new);
        all.put("rollback", RollbackVerb::new);
        all.put("channel", ChannelVerb::new);
        all.put("push-artifact", PushArtifactVerb::new);
        all.put("prune", PruneVerb::new);
        all.put("restore", RestoreVerb::new);
        all.put("attest", AttestVerb::new);
        all.put("verify", VerifyVerb::new);
        all.put("sign-file", SignFileVerb::new);
        all.put("doctor", DoctorVerb::new);
        all.put("demo", DemoVerb::new);
        Function<Surroundings, Object> asked = args.length == 0 ? null : all.get(args[0]);
        return (asked == null ? List.copyOf(all.values()) : List.of(asked))
                .stream().map(verb -> verb.apply(around)).toList();
    }

    private static CommandLine gate(Surroundings around) {
        return new CommandLine(new GateVerb())
                .addSubcommand(new GateRecordVerb(around))
                .addSubcommand(new GateVerifyVerb(around));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command was given.");
    }
}
