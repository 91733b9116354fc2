package org.jenkinsci.plugins.workflow.cps;

import java.io.Serializable;

abstract class BodyReference implements Serializable {
    private static final long serialVersionUID = 1L;

    BodyReference() {}
}
