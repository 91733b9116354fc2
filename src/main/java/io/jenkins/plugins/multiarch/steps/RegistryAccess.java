package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.HttpRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import java.io.Serializable;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the registries of one step are reached, with all that it takes on an agent too. */
final class RegistryAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, Login> logins;
    private final HashSet<String> plainHttp;
    private final ArrayList<String> certificates;

    /** The controller's. It stays behind on the way to an agent, whose Java has its own settings. */
    private final transient @CheckForNull ProxySelector proxy;

    /**
     * @param logins by the registry they are for
     * @param plainHttp registries without encryption
     * @param certificates of authorities to trust, as PEM texts
     * @param proxy to use on the controller, if any
     */
    RegistryAccess(
            Map<String, Login> logins,
            Set<String> plainHttp,
            List<String> certificates,
            @CheckForNull ProxySelector proxy) {
        this.logins = new HashMap<>(logins);
        this.plainHttp = new HashSet<>(plainHttp);
        this.certificates = new ArrayList<>(certificates);
        this.proxy = proxy;
    }

    Registry open() {
        return open(RequestBudget.NONE);
    }

    /** Keeps within a budget, with what is asked of the APIs beside registries. */
    HttpRegistry open(RequestBudget budget) {
        HttpRegistryBuilder builder = HttpRegistry.builder()
                .credentials(credentials())
                .budget(budget)
                .plainHttp(plainHttp)
                .extraCertificateTexts(certificates);
        if (proxy != null) {
            builder.proxy(proxy);
        }
        return builder.build();
    }

    CredentialSource credentials() {
        return repository ->
                Optional.ofNullable(logins.get(repository.registry())).map(Login::credentials);
    }
}
