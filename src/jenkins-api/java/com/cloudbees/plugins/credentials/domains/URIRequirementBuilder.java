package com.cloudbees.plugins.credentials.domains;

import java.util.List;

public class URIRequirementBuilder {
    URIRequirementBuilder() {}

    public static native URIRequirementBuilder create();

    public static native URIRequirementBuilder fromUri(String uri);

    public native URIRequirementBuilder withUri(String uri);

    public native URIRequirementBuilder withScheme(String scheme);

    public native URIRequirementBuilder withHostname(String hostname);

    public native URIRequirementBuilder withHostnamePort(String hostname, int port);

    public native List<DomainRequirement> build();
}
