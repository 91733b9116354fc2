package hudson.tasks.test;

public abstract class TestResult {
    public native String getFullName();
}
