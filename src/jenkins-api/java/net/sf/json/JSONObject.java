package net.sf.json;

public final class JSONObject {
    public JSONObject() {}

    public static native JSONObject fromObject(Object object);
}
