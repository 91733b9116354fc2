package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The signed statements beside a file, {@code NAME.intoto.jsonl}: one a line, as envelopes where a key signed, as bundles
 * where a verifier needs the certificate too (in-toto, "Bundle").
 */
public final class StatementLines {
    private final List<String> lines;

    private StatementLines(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** No statements yet. */
    public static StatementLines empty() {
        return new StatementLines(List.of());
    }

    /** What stands in a file already; each line is kept as it is. */
    public static StatementLines parse(byte[] text) {
        return new StatementLines(new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList());
    }

    /** These and one more behind them; these alone where the same payload stands there with a signature of this signer. */
    public StatementLines with(Statement statement, Signer signer) throws InterruptedException {
        byte[] payload = statement.toBytes();
        if (lines.stream().anyMatch(line -> isOwn(line, payload, signer))) {
            return this;
        }
        Bundle bundle = signer.attest(statement);
        boolean key = bundle.material() instanceof VerificationMaterial.KeyHint;
        byte[] line = key ? ((Envelope) bundle.content()).toBytes() : bundle.toBytes();
        List<String> all = new ArrayList<>(lines);
        all.add(new String(line, StandardCharsets.UTF_8));
        return new StatementLines(all);
    }

    private static boolean isOwn(String line, byte[] payload, Signer signer) {
        try {
            Bundle bundle = parse(line);
            return bundle.content() instanceof Envelope envelope
                    && Arrays.equals(envelope.payload(), payload)
                    && signer.verifier()
                            .filter(own -> own.verify(bundle) instanceof Verification.Verified)
                            .isPresent();
        } catch (ReleaseException e) {
            return false; // somebody else's line, which stays as it is
        }
    }

    /** Either of the two forms that a line may have. */
    private static Bundle parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return Json.read(bytes, "The line").has("mediaType")
                ? Bundle.parse(bytes)
                : Bundle.of(Envelope.parse(bytes), new VerificationMaterial.KeyHint(""));
    }

    public byte[] toBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String line : lines) {
            all.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return all.toByteArray();
    }
}
