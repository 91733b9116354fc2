package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** A registry that promotions are tried in, and what the tests of every subject do there. */
interface PromotingRegistry {
    /** The client, with what it needs to know of the registry and of its mirror. */
    Registry registry();

    /** A repository nobody has used, one for each name within a test. */
    Repository repository(String name);

    /** A namespace of another registry of the same kind that nobody has used. */
    Mirror mirror();

    /** Whether a tag can be taken away, in whichever manner. */
    boolean removesTags();

    /** Something that happens right before a tag is set. */
    @FunctionalInterface
    interface BeforeTag {
        void isSet(Repository repository, Tag tag) throws InterruptedException;
    }

    /** The client where something happens first. */
    default Registry registry(BeforeTag act) {
        Registry real = registry();
        return (Registry) Proxy.newProxyInstance(
                Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, arguments) -> {
                    if (List.of("put", "swap").contains(method.getName()) && arguments[1] instanceof Tag tag) {
                        act.isSet((Repository) arguments[0], tag);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The client where one tag cannot be set. */
    default Registry refusing(Repository there, String name) {
        return registry((repository, tag) -> {
            if (repository.equals(there) && tag.name().equals(name)) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });
    }

    default TwoReleases releases() throws InterruptedException {
        return new TwoReleases(registry(), List.of(repository("api"), repository("web")));
    }

    default Promotion promotion(Registry client, Journal journal) {
        return promotion(client, journal, Optional.empty());
    }

    default Promotion promotion(Registry client, Journal journal, Optional<Signer> signer) {
        Receipts receipts = new Receipts(client, signer, Optional.empty());
        return new Promotion(
                client, line -> {}, journal, new TagLocks(), Copier.here(client, line -> {}), Optional.of(receipts));
    }

    default Rollback rollback(Registry client, Optional<Verifier> trusted) {
        Receipts receipts = new Receipts(client, Optional.empty(), trusted);
        return new Rollback(client, line -> {}, new MemoryJournal(), new TagLocks(), receipts);
    }
}
