package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {
    private static final long serialVersionUID = 1L;
    public final String name;
    public final int port;

    public ProxyConfiguration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public native String getName();

    public native int getPort();

    public native String getUserName();

    public native Secret getSecretPassword();

    public native List<Pattern> getNoProxyHostPatterns();

    public native String getNoProxyHost();

    @Override
    public native void save() throws IOException;
}
