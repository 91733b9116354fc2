package com.cloudbees.plugins.credentials.impl;

import com.cloudbees.plugins.credentials.BaseCredentials;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.ModelObject;
import hudson.util.FormValidation;
import java.io.UnsupportedEncodingException;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;

public abstract class BaseStandardCredentials extends BaseCredentials implements StandardCredentials {
    private static final long serialVersionUID = 1L;

    public BaseStandardCredentials(String id, String description) {}

    public BaseStandardCredentials(CredentialsScope scope, String id, String description) {}

    @Override
    public native String getId();

    @Override
    public native String getDescription();

    @Override
    public final native boolean equals(Object o);

    @Override
    public final native int hashCode();

    protected abstract static class BaseStandardCredentialsDescriptor extends CredentialsDescriptor {
        protected BaseStandardCredentialsDescriptor() {}

        public native String getCheckIdUrl(CredentialsStore store) throws UnsupportedEncodingException;

        public final native FormValidation doCheckId(@AncestorInPath ModelObject context, @QueryParameter String value);
    }
}
