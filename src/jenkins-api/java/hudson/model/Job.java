package hudson.model;

import hudson.ExtensionPoint;
import java.util.Collection;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint {
    protected Job(ItemGroup parent, String name) {
        super(parent, name);
    }

    @Override
    public native Collection<? extends Job> getAllJobs();

    public native RunT getLastBuild();

    public native RunT getLastSuccessfulBuild();

    public native RunT getLastCompletedBuild();

    public native RunT getBuildByNumber(int number);

    public native RunT getBuild(String id);
}
