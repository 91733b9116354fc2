package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a {@link FakeRegistry} is to be: without a word, open to everybody, over plain http, as the specification says. */
public final class FakeRegistryBuilder {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<Users.User> users = new ArrayList<>();
    private boolean bearer;
    private boolean anonymousPull;
    private boolean tls;
    private ChallengeForm challenge = ChallengeForm.PLAIN;
    private Duration lifetime = LIFETIME;
    private int pageSize = Integer.MAX_VALUE;
    private int pullLimit = Integer.MAX_VALUE;

    FakeRegistryBuilder() {}

    /** Asks for user name and password with every request. */
    public FakeRegistryBuilder withBasicAuth(String user, String password) {
        users.add(new Users.User(user, password, false));
        return this;
    }

    /** Asks for tokens, which its own token service hands out for this password. */
    public FakeRegistryBuilder withBearerTokens(String user, String password) {
        bearer = true;
        return withBasicAuth(user, password);
    }

    /** One more user, who may pull and nothing else. */
    public FakeRegistryBuilder withReadOnlyUser(String user, String password) {
        users.add(new Users.User(user, password, true));
        return this;
    }

    /** Lets everybody pull; with tokens, an anonymous token is needed still. */
    public FakeRegistryBuilder withAnonymousPull() {
        anonymousPull = true;
        return this;
    }

    /** How the demand for a token is written. */
    public FakeRegistryBuilder withChallenge(ChallengeForm form) {
        challenge = form;
        return this;
    }

    /** How long tokens are good for, in whole seconds; five minutes unless said. */
    public FakeRegistryBuilder withTokenLifetime(Duration duration) {
        lifetime = duration;
        return this;
    }

    /** Speaks https, with a certificate of {@link FakeRegistry#authority()}. */
    public FakeRegistryBuilder withTls() {
        tls = true;
        return this;
    }

    /** Has all traits of a kind of registry. */
    public FakeRegistryBuilder imitating(Quirks quirks) {
        traits.addAll(quirks.traits());
        return this;
    }

    /** Has these traits too. */
    public FakeRegistryBuilder with(Trait... more) {
        traits.addAll(List.of(more));
        return this;
    }

    /** Most entries in one page of tags, referrers or repositories, also where none is asked for. */
    public FakeRegistryBuilder withPageSize(int entries) {
        pageSize = entries;
        return this;
    }

    /** How many manifests may be fetched before the answer is 429. */
    public FakeRegistryBuilder withPullLimit(int manifests) {
        pullLimit = manifests;
        return this;
    }

    /** Starts it on a free port of the loopback interface. */
    public FakeRegistry start() {
        try {
            Settings settings = new Settings(Set.copyOf(traits), pageSize, pullLimit);
            Optional<Certificates> certificates = tls ? Optional.of(Certificates.shared()) : Optional.empty();
            return new FakeRegistry(settings, access(), certificates);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Access access() {
        Users known = new Users(List.copyOf(users), anonymousPull);
        if (users.isEmpty()) {
            return Access.OPEN;
        }
        return bearer ? new Tokens(known, challenge, lifetime, traits.contains(Trait.TOKEN_ONLY)) : Access.basic(known);
    }
}
