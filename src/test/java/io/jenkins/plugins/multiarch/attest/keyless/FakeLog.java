package io.jenkins.plugins.multiarch.attest.keyless;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A transparency log in memory: a Merkle tree as RFC 6962 (2.1) defines it, and a key. */
final class FakeLog {
    final KeyPair key;
    private final String name;
    private final String origin;
    private final List<byte[]> entries = new ArrayList<>();

    /** @param algorithm {@code EC} or {@code Ed25519} */
    FakeLog(String algorithm, String name, String origin) throws GeneralSecurityException {
        this.name = name;
        this.origin = origin;
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(256);
        }
        this.key = generator.generateKeyPair();
    }

    synchronized int add(byte[] entry) {
        entries.add(entry.clone());
        return entries.size() - 1;
    }

    synchronized int size() {
        return entries.size();
    }

    /** SHA-256 of the key, or what a signed note calls it by for Ed25519. */
    byte[] id() {
        byte[] spki = key.getPublic().getEncoded();
        if (key.getPublic().getAlgorithm().equals("EC")) {
            return Hashes.sha256(spki);
        }
        byte[] bare = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        return Hashes.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', 1}, bare);
    }

    byte[] sign(byte[] message) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(key.getPublic().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(message);
        return signature.sign();
    }

    synchronized byte[] root() {
        return root(entries);
    }

    synchronized List<byte[]> proof(int index) {
        return path(index, entries);
    }

    String checkpoint() throws GeneralSecurityException {
        String body = origin + "\n" + size() + "\n" + Base64.getEncoder().encodeToString(root()) + "\n";
        byte[] signature = sign(body.getBytes(StandardCharsets.UTF_8));
        byte[] line = ByteBuffer.allocate(4 + signature.length)
                .put(id(), 0, 4)
                .put(signature)
                .array();
        return body + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return Hashes.sha256(new byte[] {0}, leaves.get(0));
        }
        int half = half(leaves.size());
        return Hashes.sha256(new byte[] {1}, root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
    }

    private static List<byte[]> path(int index, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int half = half(leaves.size());
        boolean left = index < half;
        List<byte[]> path =
                left ? path(index, leaves.subList(0, half)) : path(index - half, leaves.subList(half, leaves.size()));
        path.add(root(left ? leaves.subList(half, leaves.size()) : leaves.subList(0, half)));
        return path;
    }

    /** The largest power of two below a size. */
    private static int half(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
