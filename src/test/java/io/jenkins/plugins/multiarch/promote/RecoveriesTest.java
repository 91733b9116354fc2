package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever broke off, wherever it died, and whoever comes next, with each kind of receipts: no mix, and nothing is done twice. */
class RecoveriesTest {
    private static final String[] NAMES = {"api", "web"};
    private static final String STABLE = "stable";

    @TempDir
    private Path home;

    /** How a release leaves its receipts. */
    private enum Left {
        UNSIGNED,
        SIGNED,
        REFUSED;

        ReleaseHistory history() {
            Signer signer = new KeySigner(SampleKeys.p256());
            ReleaseHistory history = new ReleaseHistory();
            return this == SIGNED
                    ? history.signedBy(signer).trusting(signer.verifier().orElseThrow())
                    : history;
        }

        void strike(ReleaseHistory history) {
            history.registry.before(this == REFUSED ? RecoveriesTest::refuseReceipts : request -> {});
        }
    }

    private static void refuseReceipts(String request) {
        if (request.startsWith("PUT-BLOB")) {
            throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
        }
    }

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> deaths() {
        // The plan, four tags, all of them read back, and the end.
        return Stream.of(Left.values())
                .flatMap(left -> Stream.iterate(1, i -> i + 1).limit(7).map(entry -> Arguments.of(left, entry)));
    }

    private static ReleaseHistory threeReleases(Left left) throws IOException, InterruptedException {
        ReleaseHistory history = left.history();
        for (String version : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
            history.promote(version, NAMES);
        }
        return history;
    }

    /** Something that moves tags. */
    @FunctionalInterface
    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    /** Does it until the journal has so many entries more, and leaves what it has then in the folder of whoever comes next. */
    private PromotionFolder dieBehind(ReleaseHistory history, int entry, Act act)
            throws IOException, InterruptedException {
        int before = history.journal.size();
        boolean[] dead = {false};
        Runnable end = () -> {
            if (dead[0]) {
                throw new Killed();
            }
        };
        history.journal.beforeEachEntry(end);
        history.journal.behindEachEntry(() -> {
            dead[0] |= history.journal.size() == before + entry;
            end.run();
        });
        history.registry.before(request -> end.run());
        try {
            act.run();
        } catch (Killed e) {
            assertThat(dead[0]).isTrue();
        }
        history.journal.beforeEachEntry(() -> {});
        history.journal.behindEachEntry(() -> {});
        history.registry.before(request -> {});
        PromotionFolder folder = PromotionFolder.at(home);
        try (FileJournal journal = folder.journal()) {
            for (JournalEntry one : history.journal.entries().subList(before, history.journal.size())) {
                journal.append(one);
            }
        }
        return folder;
    }

    /** What a command does that is given again, or the step of another build. */
    private static Optional<PromotedTags> comeNext(
            ReleaseHistory history, PromotionFolder folder, ReleaseRequest request)
            throws IOException, InterruptedException {
        TagLocks locks = folder.locks();
        try (Turn turn = folder.begin(
                request,
                locks,
                history.log::add,
                broken -> Promotion.recover(history.registry, history.log::add, broken, locks, history.receipts()))) {
            if (turn.done().isEmpty()) {
                try (FileJournal journal = folder.journal()) {
                    if (request instanceof RollbackRequest back) {
                        new Rollback(history.registry, history.log::add, journal, locks, history.receipts())
                                .rollBack(back);
                    } else {
                        new Promotion(
                                        history.registry,
                                        history.log::add,
                                        journal,
                                        locks,
                                        Copier.here(history.registry, history.log::add),
                                        Optional.of(history.receipts()))
                                .promote((PromotionRequest) request);
                    }
                }
            }
            return turn.done();
        }
    }

    private static String state(ReleaseHistory history) throws InterruptedException {
        List<String> versions = new ArrayList<>();
        for (String name : NAMES) {
            for (Tag tag : ReleaseHistory.TAGS) {
                String version = "other";
                for (String one : new String[] {"1.0.0", "1.1.0", "1.2.0"}) {
                    if (history.tagged(name, tag.name()).equals(Optional.of(history.digest(name, one)))) {
                        version = one;
                    }
                }
                versions.add(version);
            }
        }
        return versions.stream().distinct().count() == 1 ? versions.get(0) : versions.toString();
    }

    @ParameterizedTest(name = "{0} behind entry {1}")
    @MethodSource("deaths")
    void ofARollbackGoBackOnceWhoeverAsksForItAgain(Left left, int entry) throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(left);
        PromotionFolder folder = dieBehind(history, entry, () -> history.rollBack("previous", NAMES));
        left.strike(history);
        boolean ended = FileJournal.in(home).isEmpty();

        Optional<PromotedTags> done = comeNext(history, folder, ReleaseHistory.back("previous", NAMES));

        assertThat(ended).as("nobody can know of it").isEqualTo(entry == 7);
        assertThat(done.isPresent()).isEqualTo(!ended);
        assertThat(state(history)).isEqualTo(ended ? "1.0.0" : "1.1.0");
        assertThat(FileJournal.in(home)).isEmpty();
    }

    @ParameterizedTest(name = "{0} behind entry {1}")
    @MethodSource("deaths")
    void ofARollbackGoOnToAReleaseThatIsNamed(Left left, int entry) throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(left);
        PromotionFolder folder = dieBehind(history, entry, () -> history.rollBack("previous", NAMES));
        left.strike(history);

        comeNext(history, folder, ReleaseHistory.back("1.0.0", NAMES));

        assertThat(state(history)).isEqualTo("1.0.0");
    }

    @ParameterizedTest(name = "{0} behind entry {1}")
    @MethodSource("deaths")
    void ofAPromotionLeaveWhereToGoBackTo(Left left, int entry) throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(left);
        history.rollBack("1.1.0", NAMES);
        PromotionFolder folder = dieBehind(history, entry, () -> history.promote("1.2.0", NAMES));

        comeNext(history, folder, history.request("1.2.0", NAMES));
        assertThat(state(history)).isEqualTo("1.2.0");
        comeNext(history, folder, ReleaseHistory.back("previous", NAMES));

        assertThat(state(history)).isEqualTo("1.1.0");
    }

    @ParameterizedTest(name = "{0} behind entry {1}")
    @MethodSource("deaths")
    void takeNothingOfSomebodyElseAndLeaveNoMix(Left left, int entry) throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(left);
        PromotionFolder folder = dieBehind(history, entry, () -> history.rollBack("previous", NAMES));
        Manifest theirs = history.image("api", "2.0.0");
        left.strike(history);
        history.registry.put(ReleaseHistory.repository("api"), Tag.LATEST, theirs);
        TagLocks locks = folder.locks();

        for (Path journal : FileJournal.in(home)) {
            folder.recover(
                    journal.getFileName().toString(),
                    locks,
                    history.log::add,
                    broken -> Promotion.recover(history.registry, history.log::add, broken, locks, history.receipts()));
        }

        assertThat(history.tagged("api", "latest")).contains(theirs.digest());
        String to = entry < 6 ? "1.2.0" : "1.1.0";
        history.registry.put(ReleaseHistory.repository("api"), Tag.LATEST, history.image("api", to));
        assertThat(state(history)).isEqualTo(to);
    }

    /** Behind its end nothing is asked for that could fail, or the command that is given again would go one release too far. */
    @Test
    void askForNothingBehindTheEnd() throws IOException, InterruptedException {
        ReleaseHistory history = threeReleases(Left.UNSIGNED);
        PromotionFolder folder = dieBehind(history, 1, () -> history.rollBack("previous", NAMES));
        history.registry.before(request -> {
            if (history.log.get(history.log.size() - 1).startsWith("Left a receipt beside a.example/acme/web")
                    && request.startsWith("HEAD")
                    && request.endsWith(STABLE)) {
                throw new RegistryException("a.example answered 503.", "Wait.", 503, "", true, null);
            }
        });

        for (int i = 0; i < 2; i++) {
            try {
                comeNext(history, folder, ReleaseHistory.back("previous", NAMES));
                break;
            } catch (ReleaseException e) {
                history.registry.before(request -> {});
            }
        }

        assertThat(state(history)).isEqualTo("1.1.0");
    }
}
