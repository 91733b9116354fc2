package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Trusts each of several. */
public final class AnyVerifier implements Verifier {
    private final List<Verifier> all;

    /** @throws ReleaseException if there is none, so that nothing is ever verified against nobody */
    public AnyVerifier(List<Verifier> all) {
        if (all.isEmpty()) {
            throw new ReleaseException("Nobody is trusted, so nothing can be verified.", "Name a key or an identity.");
        }
        this.all = List.copyOf(all);
    }

    @Override
    public Verification verify(Bundle bundle) {
        List<String> reasons = new ArrayList<>();
        for (Verifier one : all) {
            Verification verification = one.verify(bundle);
            if (verification instanceof Verification.Refused refused) {
                reasons.add(refused.reason());
            } else {
                return verification;
            }
        }
        return new Verification.Refused(String.join("; ", reasons));
    }

    @Override
    public Verification verify(Bundle bundle, Blob message) throws IOException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (Verifier one : all) {
            Verification verification = one.verify(bundle, message);
            if (verification instanceof Verification.Refused refused) {
                reasons.add(refused.reason());
            } else {
                return verification;
            }
        }
        return new Verification.Refused(String.join("; ", reasons));
    }

    @Override
    public String name() {
        return all.stream().map(Verifier::name).collect(Collectors.joining(", or "));
    }
}
