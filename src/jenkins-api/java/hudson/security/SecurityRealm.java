package hudson.security;

import hudson.ExtensionPoint;
import org.springframework.security.core.GrantedAuthority;

public abstract class SecurityRealm implements ExtensionPoint {
    public static final GrantedAuthority AUTHENTICATED_AUTHORITY2 = null;

    public SecurityRealm() {}
}
