package com.cloudbees.plugins.credentials;

public class CredentialsMatchers {
    CredentialsMatchers() {}

    public static native CredentialsMatcher always();

    public static native CredentialsMatcher instanceOf(Class type);

    public static native CredentialsMatcher withId(String id);

    public static native CredentialsMatcher anyOf(CredentialsMatcher... matchers);

    public static native CredentialsMatcher allOf(CredentialsMatcher... matchers);

    public static native <C extends Credentials> C firstOrNull(Iterable<C> credentials, CredentialsMatcher matcher);
}
