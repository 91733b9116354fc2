package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.StoredAttestation;
import io.jenkins.plugins.multiarch.attest.VerifyScript;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Images and files with the evidence that lies beside them, as a Pipeline sees them. */
public final class AttestedImages implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<LinkedHashMap<String, Object>> images = new ArrayList<>();
    private final ArrayList<LinkedHashMap<String, Object>> files = new ArrayList<>();
    private final String signer;
    private final boolean changed;

    AttestedImages(Signer signer, List<AttestedImage> attested, List<SignedFile> signed) {
        attested.forEach(image -> images.add(map(image, signer)));
        signed.forEach(file -> files.add(map(file.file())));
        this.signer = signer.name();
        this.changed = signed.stream().anyMatch(SignedFile::changed)
                || attested.stream().anyMatch(AttestedImage::changed);
    }

    private static LinkedHashMap<String, Object> map(HashedFile file) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("file", file.path());
        map.put("digest", file.digest());
        return map;
    }

    private static LinkedHashMap<String, Object> map(AttestedImage image, Signer signer) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("reference", image.image().toString());
        map.put("digest", image.image().requireDigest().toString());
        ArrayList<LinkedHashMap<String, Object>> attestations = new ArrayList<>();
        image.attestations().forEach(one -> attestations.add(map(one)));
        map.put("attestations", attestations);
        signer.trust().ifPresent(trust -> map.put("verifyScript", new VerifyScript(image, trust).text()));
        return map;
    }

    private static LinkedHashMap<String, Object> map(StoredAttestation stored) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("subject", stored.subject().toString());
        map.put("predicateType", stored.predicateType());
        map.put("place", stored.place());
        map.put("changed", stored.changed());
        return map;
    }

    /**
     * One map an image: {@code reference} (repository and digest), {@code digest}, and {@code attestations}, each with
     * {@code subject}, {@code predicateType}, {@code place} (a digest or one of cosign's tags) and {@code changed}; and
     * {@code verifyScript}, a shell script with which others verify all of it.
     */
    @Whitelisted
    public List<Map<String, Object>> getImages() {
        return List.copyOf(images);
    }

    /** One map a file that was signed: {@code file}, its path in the workspace, and {@code digest}. */
    @Whitelisted
    public List<Map<String, Object>> getFiles() {
        return List.copyOf(files);
    }

    /** Who signed, in words. */
    @Whitelisted
    public String getSigner() {
        return signer;
    }

    /** Whether anything was written that was not there. */
    @Whitelisted
    public boolean isChanged() {
        return changed;
    }

    /** The images by digest, parted by blanks. */
    @Whitelisted
    @Override
    public String toString() {
        return images.stream().map(image -> image.get("reference").toString()).collect(Collectors.joining(" "));
    }
}
