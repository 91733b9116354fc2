package hudson.model;

public class BooleanParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;

    public BooleanParameterValue(String name, boolean value) {
        super(name);
    }
}
