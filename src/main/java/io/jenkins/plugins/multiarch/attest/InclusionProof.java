package io.jenkins.plugins.multiarch.attest;

import java.util.List;

/**
 * The proof that an entry is in a transparency log's Merkle tree (RFC 6962, 2.1.1).
 *
 * @param logIndex of the entry in this tree, which may be a shard of the log
 * @param hashes from leaf to root, both left out
 * @param checkpoint the tree's signed head, as a signed note; empty where there is none
 */
public record InclusionProof(long logIndex, byte[] rootHash, long treeSize, List<byte[]> hashes, String checkpoint) {

    public InclusionProof {
        rootHash = rootHash.clone();
        hashes = hashes.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] rootHash() {
        return rootHash.clone();
    }
}
