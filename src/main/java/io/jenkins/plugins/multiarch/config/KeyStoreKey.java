package io.jenkins.plugins.multiarch.config;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The private key of a key store that has no other. */
final class KeyStoreKey {
    private KeyStoreKey() {}

    /** @throws ReleaseException if there is none, more than one, or one that the password does not open */
    static SigningKey read(KeyStore store, char[] password) {
        try {
            return PrivateKeys.of(store.getKey(onlyAlias(store), password));
        } catch (GeneralSecurityException e) {
            throw new ReleaseException(
                    "The key of the 'Certificate' does not open with its password.",
                    "Give file and key the same password, as openssl pkcs12 -export does.",
                    e);
        }
    }

    /** Of several, the order in which a store lists them would choose who signs. */
    private static String onlyAlias(KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new ReleaseException(
                    "The 'Certificate' has " + keys.size() + " private keys, where one signs.",
                    "Give one with a single key, as openssl pkcs12 -export writes it.");
        }
        return keys.get(0);
    }
}
