package com.cloudbees.plugins.credentials;

public class BaseCredentials implements Credentials {
    private static final long serialVersionUID = 1L;

    protected BaseCredentials() {}

    public BaseCredentials(CredentialsScope scope) {}

    @Override
    public native CredentialsScope getScope();

    @Override
    public native CredentialsDescriptor getDescriptor();
}
