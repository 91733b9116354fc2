package io.jenkins.plugins.multiarch.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A private key to sign with. It is of no kind that {@code withCredentials} can bind, so a Pipeline can sign with it and
 * cannot read it.
 */
public final class SigningKeyCredentials extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;

    private final @CheckForNull Secret key;
    private @CheckForNull Secret password;

    /**
     * @param key in PEM: PKCS#8, SEC1, PKCS#1, or made by {@code cosign generate-key-pair}; what was configured without one
     *     does not sign
     */
    @DataBoundConstructor
    public SigningKeyCredentials(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull Secret key) {
        super(scope, id, description);
        this.key = key;
    }

    public @CheckForNull Secret getKey() {
        return key;
    }

    public @CheckForNull Secret getPassword() {
        return password;
    }

    /** What opens the key, where it is encrypted. */
    @DataBoundSetter
    public void setPassword(@CheckForNull Secret password) {
        this.password = password == null || password.getPlainText().isEmpty() ? null : password;
    }

    /** @throws ReleaseException if this is no key, or its password does not open it */
    SigningKey signingKey() {
        return read(key, password);
    }

    private static SigningKey read(@CheckForNull Secret key, @CheckForNull Secret password) {
        return PrivateKeys.read(
                text(key).getBytes(StandardCharsets.UTF_8), text(password).toCharArray());
    }

    private static String text(@CheckForNull Secret secret) {
        return secret == null ? "" : secret.getPlainText();
    }

    /** The form of the key, which shows the public half. */
    @Extension
    @Symbol("signingKey")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.SigningKeyCredentials_displayName();
        }

        /** Opens the key and answers with its public half, for those who may change it. */
        @POST
        public FormValidation doOpen(
                @AncestorInPath ModelObject context,
                @CheckForNull @QueryParameter Secret key,
                @CheckForNull @QueryParameter Secret password) {
            AccessControlled place = context instanceof AccessControlled controlled ? controlled : Jenkins.get();
            place.checkAnyPermission(CredentialsProvider.CREATE, CredentialsProvider.UPDATE);
            try {
                return FormValidation.ok(read(key, password).publicKey().toPem());
            } catch (ReleaseException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
