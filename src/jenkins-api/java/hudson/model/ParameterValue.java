package hudson.model;

import java.io.Serializable;

public abstract class ParameterValue implements Serializable {
    private static final long serialVersionUID = 1L;

    protected ParameterValue(String name) {}

    public final native String getName();

    public native Object getValue();

    public native boolean isSensitive();
}
