package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;

/** Lets threads wait until an agent comes, or is back. */
@Extension
public final class AgentArrivals extends ComputerListener {
    private long arrivals;

    static AgentArrivals get() {
        return ExtensionList.lookupSingleton(AgentArrivals.class);
    }

    /** How many have come; to be asked before looking for an agent, so that none is missed that comes meanwhile. */
    synchronized long count() {
        return arrivals;
    }

    /** Blocks until more have come than these. */
    synchronized void awaitMoreThan(long seen) throws InterruptedException {
        while (arrivals <= seen) {
            wait();
        }
    }

    /** The agent has its channel by now. */
    @Override
    public synchronized void onOnline(Computer computer, TaskListener listener) {
        arrivals++;
        notifyAll();
    }
}
