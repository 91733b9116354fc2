package hudson.tasks.test;

import hudson.model.Action;
import java.util.List;

public abstract class AbstractTestResultAction<T extends AbstractTestResultAction> implements Action {
    protected AbstractTestResultAction() {}

    public abstract int getFailCount();

    public native int getSkipCount();

    public abstract int getTotalCount();

    @Override
    public native String getDisplayName();

    @Override
    public native String getUrlName();

    @Override
    public native String getIconFileName();

    public native List<? extends TestResult> getFailedTests();

    public native List<? extends TestResult> getPassedTests();
}
