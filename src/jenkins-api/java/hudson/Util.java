package hudson;

import java.util.List;

public class Util {
    Util() {}

    public static native String fixEmpty(String text);

    public static native String fixEmptyAndTrim(String text);

    public static native String fixNull(String text);

    public static native <T> List<T> fixNull(List<T> list);

    public static native <T> T fixNull(T value, T defaultValue);

    public static native String escape(String text);

    public static native String rawEncode(String text);

    public static native String xmlEscape(String text);
}
