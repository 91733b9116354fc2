package io.jenkins.plugins.multiarch.registry.fake;

/** Says which of the requests to one address fail; the first one, unless told otherwise. */
public final class FaultRule {
    private final FaultPlan plan;
    private final String method;
    private final String path;
    private final int first;
    private final int times;

    FaultRule(FaultPlan plan, String method, String path) {
        this(plan, method, path, 1, 1);
    }

    private FaultRule(FaultPlan plan, String method, String path, int first, int times) {
        this.plan = plan;
        this.method = method;
        this.path = path;
        this.first = first;
        this.times = times;
    }

    /** The request to begin with, the first being 1. */
    public FaultRule occurrence(int number) {
        return new FaultRule(plan, method, path, number, times);
    }

    /** How many requests in a row fail. */
    public FaultRule times(int count) {
        return new FaultRule(plan, method, path, first, count);
    }

    public FaultRule always() {
        return times(Integer.MAX_VALUE);
    }

    /** Plans it. Of several faults for the same request the first planned strikes, and the others have not seen it. */
    public void fail(Fault fault) {
        plan.add(new FaultPlan.Rule(method, path, first, times, fault));
    }
}
