package net.sf.json;

public final class JSONObject {
    public JSONObject() {}

    public static native JSONObject fromObject(Object object);

    public native Object opt(String key);

    public native String optString(String key);

    public native Object put(String key, Object value);

    public native Object remove(String key);
}
