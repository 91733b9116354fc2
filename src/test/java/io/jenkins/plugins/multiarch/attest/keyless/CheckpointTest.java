package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final String WITNESS = "\u2014 witness.example.com AAAAAABBBBBB\n";

    @Test
    void passesOverTheSignaturesOfWitnesses() throws Exception {
        FakeLog log = log("log.example.com");
        String note = log.checkpoint();
        int signatures = note.indexOf("\n\n") + 2;

        assertThatCode(() -> Checkpoint.parse(
                                note.substring(0, signatures) + WITNESS + note.substring(signatures) + WITNESS)
                        .check(known(log, "https://log.example.com")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesTheCheckpointOfAnotherLog() throws Exception {
        FakeLog log = log("log.example.com");

        assertRefused(
                () -> Checkpoint.parse(log.checkpoint()).check(known(log, "https://other.example.com")),
                "the log's checkpoint is of another log");
        assertRefused(
                () -> Checkpoint.parse(log.checkpoint())
                        .check(known(log("log.example.com"), "https://log.example.com")),
                "the log did not sign the checkpoint");
    }

    @Test
    void refusesAChangedCheckpoint() throws Exception {
        FakeLog log = log("log.example.com");

        assertRefused(
                () -> Checkpoint.parse(log.checkpoint().replace("\n1\n", "\n2\n"))
                        .check(known(log, "https://log.example.com")),
                "the log did not sign the checkpoint");
    }

    @Test
    void saysWhatCannotBeRead() {
        String broken = "the log's checkpoint cannot be read: ";

        assertRefused(() -> Checkpoint.parse("log\n1\nAAAA\n"), broken + "it has no signatures");
        assertRefused(
                () -> Checkpoint.parse("log\n1\n\n" + WITNESS), broken + "it lacks its origin, size or root hash");
        assertRefused(() -> Checkpoint.parse("log\none\nAAAA\n\n" + WITNESS), broken + "it has no size");
        assertRefused(() -> Checkpoint.parse("log\n1\nAAAA\n\nnobody AAAA\n"), broken + "a line in it is no signature");
        assertRefused(
                () -> Checkpoint.parse("log\n1\nAAAA\n\n\u2014 nobody AAAA\n"),
                broken + "a signature in it is too short");
        assertRefused(
                () -> Checkpoint.parse("log\n1\nAAAA\n\n" + WITNESS.repeat(33)),
                broken + "it has more than 32 signatures");
    }

    private static FakeLog log(String name) throws Exception {
        FakeLog log = new FakeLog("Ed25519", name, name);
        log.add(new byte[] {1});
        return log;
    }

    private static TransparencyLog known(FakeLog log, String address) {
        LogId id = LogId.of(log.id());
        TrustedKey key = TrustedKey.ofOneScheme(log.key.getPublic()).orElseThrow();
        return new TransparencyLog(address, key, id, id, new ValidFor(Instant.EPOCH, Optional.empty()));
    }

    private static void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOf(Unaccepted.class).hasMessage(reason);
    }
}
