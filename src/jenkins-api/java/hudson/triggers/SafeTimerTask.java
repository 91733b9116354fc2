package hudson.triggers;

import java.util.TimerTask;

public abstract class SafeTimerTask extends TimerTask {
    public SafeTimerTask() {}

    @Override
    public final native void run();

    protected abstract void doRun() throws Exception;
}
