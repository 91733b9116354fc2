package hudson.model;

public class RunParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;

    public RunParameterValue(String name, String runId) {
        super(name);
    }

    public native String getRunId();
}
