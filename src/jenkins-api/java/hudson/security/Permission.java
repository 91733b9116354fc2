package hudson.security;

import org.jvnet.localizer.Localizable;

public final class Permission {
    public static final Permission READ = null;
    public static final Permission WRITE = null;
    public static final Permission CREATE = null;
    public static final Permission UPDATE = null;
    public static final Permission DELETE = null;
    public static final Permission CONFIGURE = null;

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {}

    public native String getId();

    public native boolean getEnabled();
}
