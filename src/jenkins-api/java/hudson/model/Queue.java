package hudson.model;

import hudson.model.queue.SubTask;

public class Queue {
    Queue() {}

    public static native Queue getInstance();

    public native Item[] getItems();

    public interface Executable extends Runnable {}

    public interface Task extends ModelObject, SubTask {}

    public abstract static class Item extends Actionable {
        public final Task task = null;

        Item() {}

        public native long getId();
    }
}
