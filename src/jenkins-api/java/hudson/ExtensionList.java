package hudson;

import java.util.AbstractList;

public class ExtensionList<T> extends AbstractList<T> {
    ExtensionList() {}

    public native <U extends T> U get(Class<U> type);

    @Override
    public native T get(int index);

    @Override
    public native int size();

    public static native <T> ExtensionList<T> lookup(Class<T> type);

    public static native <U> U lookupSingleton(Class<U> type);

    public static native <U> U lookupFirst(Class<U> type);
}
