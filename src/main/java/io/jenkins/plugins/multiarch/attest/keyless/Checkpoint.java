package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The signed head of a log's tree, a note with signatures (C2SP, "signed-note" and "tlog-checkpoint").
 *
 * <p>Signatures by keys that are not asked for, such as those of witnesses, are passed over.
 *
 * @param body the text that is signed, with its last line's end
 */
record Checkpoint(String body, String origin, long treeSize, byte[] rootHash, List<NoteSignature> signatures) {
    private static final int HINT = 4;
    /** Of the log and its witnesses. */
    private static final int MAX_SIGNATURES = 32;

    private static final String DASH = "\u2014 ";
    /** How Rekor 1 names a tree; Rekor 2 takes the log's host. */
    private static final Pattern REKOR_1 = Pattern.compile(".* - [0-9]+");

    record NoteSignature(String name, byte[] hint, byte[] signature) {}

    static Checkpoint parse(String note) {
        int gap = note.indexOf("\n\n");
        if (gap < 0) {
            throw broken("it has no signatures");
        }
        String body = note.substring(0, gap + 1);
        String[] lines = body.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty()) {
            throw broken("it lacks its origin, size or root hash");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(gap + 2).split("\n")) {
            if (signatures.size() == MAX_SIGNATURES) {
                throw broken("it has more than " + MAX_SIGNATURES + " signatures");
            }
            signatures.add(signature(line));
        }
        return new Checkpoint(body, lines[0], size(lines[1]), Fields.base64(lines[2], "root hash"), signatures);
    }

    private static long size(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Unaccepted("the log's checkpoint cannot be read: it has no size", e);
        }
    }

    private static NoteSignature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw broken("a line in it is no signature");
        }
        byte[] bytes = Fields.base64(line.substring(space + 1), "checkpoint");
        if (bytes.length <= HINT) {
            throw broken("a signature in it is too short");
        }
        return new NoteSignature(
                line.substring(DASH.length(), space),
                Arrays.copyOf(bytes, HINT),
                Arrays.copyOfRange(bytes, HINT, bytes.length));
    }

    /** Refuses a checkpoint that this log did not sign. */
    void check(TransparencyLog log) {
        boolean named = REKOR_1.matcher(origin).matches();
        if (!named && !origin.equals(log.host())) {
            throw new Unaccepted("the log's checkpoint is of another log");
        }
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        boolean signed = signatures.stream()
                .filter(signature -> named || signature.name().equals(origin))
                .filter(signature -> log.checkpointId().beginsWith(signature.hint()))
                .anyMatch(signature -> log.key().verifies(signature.signature(), text));
        if (!signed) {
            throw new Unaccepted("the log did not sign the checkpoint");
        }
    }

    private static Unaccepted broken(String reason) {
        return new Unaccepted("the log's checkpoint cannot be read: " + reason);
    }
}
