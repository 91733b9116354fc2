package org.jenkinsci.plugins.workflow.steps;

public abstract class GeneralNonBlockingStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    protected interface Block {
        void run() throws Exception;
    }

    protected GeneralNonBlockingStepExecution(StepContext context) {}

    protected final native void run(Block block);

    @Override
    public native void stop(Throwable cause) throws Exception;

    @Override
    public native void onResume();

    @Override
    public native String getStatus();

    @Override
    public native boolean blocksRestart();
}
