package com.thoughtworks.xstream;

public class XStream {
    public XStream() {}

    public native String toXML(Object obj);
}
