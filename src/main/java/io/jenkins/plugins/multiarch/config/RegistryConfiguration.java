package io.jenkins.plugins.multiarch.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryReport;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How one registry is reached by all jobs that do not say otherwise. */
public final class RegistryConfiguration extends AbstractDescribableImpl<RegistryConfiguration> {
    private final String host;
    private @CheckForNull String credentialsId;
    private boolean plainHttp;
    private @CheckForNull String certificate;

    /** @throws ReleaseException if this is not a host with an optional port */
    @DataBoundConstructor
    public RegistryConfiguration(String host) {
        this.host = parse(host);
    }

    /** Also what Docker Hub is called elsewhere becomes the name that image references have. */
    private static String parse(String host) {
        String written = host == null ? "" : host.strip();
        if (written.isEmpty() || written.contains("/")) {
            throw new ReleaseException(
                    "'" + written + "' is not the host of a registry.",
                    "Write host or host:port without a scheme or a path, as in ghcr.io or registry.acme.com:5000.");
        }
        String known =
                written.equals("registry-1.docker.io") || written.equals("index.docker.io") ? "docker.io" : written;
        return new Repository(known, "any").registry();
    }

    public String getHost() {
        return host;
    }

    public @CheckForNull String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = trimmed(credentialsId);
    }

    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Certificates in PEM form of authorities to trust besides Java's. */
    public @CheckForNull String getCertificate() {
        return certificate;
    }

    /** @throws ReleaseException if this holds no certificate that can be read */
    @DataBoundSetter
    public void setCertificate(@CheckForNull String certificate) {
        String given = trimmed(certificate);
        refuseUnlessReadable(given);
        this.certificate = given;
    }

    private static void refuseUnlessReadable(@CheckForNull String certificate) {
        if (certificate != null) {
            HttpRegistry.builder().extraCertificateTexts(List.of(certificate)).build();
        }
    }

    private static @CheckForNull String trimmed(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The form of one registry. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RegistryConfiguration> {

        @Override
        public String getDisplayName() {
            return Messages.RegistryConfiguration_displayName();
        }

        @POST
        public FormValidation doCheckHost(@QueryParameter String value) {
            return FieldRules.checked(null, () -> parse(value));
        }

        @POST
        public FormValidation doCheckCertificate(@QueryParameter String value) {
            return FieldRules.checked(null, () -> refuseUnlessReadable(trimmed(value)));
        }

        @POST
        public FormValidation doCheckScratch(@QueryParameter String value) {
            return FieldRules.checked(null, () -> {
                if (!value.isBlank()) {
                    new Repository("localhost", value.strip());
                }
            });
        }

        /** Says what the registry does; with the path of a repository, tries it out there. */
        @POST
        public FormValidation doExamine(
                @QueryParameter String host,
                @QueryParameter String credentialsId,
                @QueryParameter String certificate,
                @QueryParameter boolean plainHttp,
                @QueryParameter String scratch)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                RegistryConfiguration asked = new RegistryConfiguration(host);
                asked.setCredentialsId(credentialsId);
                asked.setCertificate(certificate);
                asked.setPlainHttp(plainHttp);
                RegistryReport report = new RegistryExamination(asked).run(scratch);
                return FormValidation.okWithMarkup(
                        "<pre>" + Util.xmlEscape(String.join("\n", report.lines())) + "</pre>");
            } catch (ReleaseException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return RegistryCredentials.choices(null, credentialsId);
        }
    }
}
