package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

public final class DescribableModel<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String CLAZZ = "$class";

    DescribableModel() {}

    public static native <T> DescribableModel<T> of(Class<T> type);

    public native T instantiate(Map<String, ?> arguments) throws IllegalArgumentException;

    public native Map<String, Object> uninstantiate(T object) throws UnsupportedOperationException;
}
