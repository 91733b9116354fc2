package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.InclusionProof;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.util.Arrays;
import java.util.List;

/** The proof that an entry is in a log's Merkle tree, calculated anew (RFC 9162, 2.1.3.2). */
final class MerkleProof {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleProof() {}

    /** Refuses a proof that does not lead from this entry to the root that it names. */
    static void check(byte[] entry, InclusionProof proof) {
        if (proof.logIndex() < 0 || proof.logIndex() >= proof.treeSize()) {
            throw new Unaccepted("its place in the log is outside the log's tree");
        }
        if (!Arrays.equals(root(entry, proof.logIndex(), proof.treeSize(), proof.hashes()), proof.rootHash())) {
            throw new Unaccepted("the proof does not show that the log holds it");
        }
    }

    private static byte[] root(byte[] entry, long index, long size, List<byte[]> hashes) {
        long node = index;
        long last = size - 1;
        byte[] hash = Hashes.sha256(LEAF, entry);
        for (byte[] sibling : hashes) {
            if (last == 0) {
                throw new Unaccepted("the proof that the log holds it is too long");
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hashes.sha256(NODE, sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hashes.sha256(NODE, hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new Unaccepted("the proof that the log holds it is too short");
        }
        return hash;
    }
}
