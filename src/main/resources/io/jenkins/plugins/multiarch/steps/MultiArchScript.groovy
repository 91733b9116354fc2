package io.jenkins.plugins.multiarch.steps

/*
 * What buildMultiArch does in the open: branches, agents, checkouts and shell lines, all of them steps that a Jenkinsfile
 * could call. What they are called with was decided in Java and lies in "plan"; "revision" and "build" come from there too.
 *
 * A build that is running goes on with the script it began with, but by the steps of the plugin it finds after a restart.
 */

if (plan.stash) {
    stash(plan.stash)
}
def built = []
def branches = [failFast: plan.failFast]
for (int i = 0; i < plan.lanes.size(); i++) {
    def lane = plan.lanes[i]
    branches[lane.name] = { -> workOff(lane, built) }
}
parallel(branches)
return multiArchPublish(order: plan.order, built: built, revision: revision.commit)

/** Builds what is in a lane, one after the other. Lanes may share one list, and take from it as they get free. */
def workOff(lane, built) {
    def problem = null
    while (!lane.cells.isEmpty()) {
        def cell = lane.cells.remove(0)
        try {
            built.add(lane.shared ? stage(cell.name) { buildCell(cell) } : buildCell(cell))
        } catch (Exception failure) {
            if (plan.failFast || revision.isAbort(failure)) {
                throw failure
            }
            problem = problem ?: failure
        }
    }
    if (problem) {
        throw problem
    }
}

def buildCell(cell) {
    if (cell.here) {
        return inWorkspace(cell.json, cell)
    }
    return retry(count: plan.attempts, conditions: [agent(), nonresumable()]) {
        def place = multiArchAgent(cell: cell.json)
        place.label ? node(place.label) { inWorkspace(place.cell, cell) } : place.skipped
    }
}

def inWorkspace(json, cell) {
    if (cell.source == 'scm') {
        checkOut()
    } else if (cell.source == 'stash') {
        unstash(cell.stash)
    }
    def prepared = multiArchPrepare(cell: json)
    if (prepared.done) {
        return prepared.done
    }
    def status = 0
    if (prepared.script) {
        withCredentials(prepared.bindings) {
            status = sh(script: prepared.script, label: prepared.label, returnStatus: true)
        }
    } else if (prepared.asked) {
        build(prepared.asked)
    }
    return multiArchCollect(cell: json, prepared: prepared.json, status: status)
}

/** All platforms are built of the revision that the first checkout found. */
def checkOut() {
    def other = revision.other(checkout(scm), scm)
    if (other != null) {
        checkout(other)
    }
}
