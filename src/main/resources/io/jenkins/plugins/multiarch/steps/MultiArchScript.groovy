package io.jenkins.plugins.multiarch.steps

import groovy.transform.Field

/*
 * What buildMultiArch does in the open: branches, agents, checkouts and shell lines, all of them steps that a Jenkinsfile
 * could call. What they are called with was decided in Java and comes as "work": a plan, a revision and perhaps a closure.
 *
 * All of it is handed on from method to method: after a restart the variables of a script are those of the Jenkinsfile.
 *
 * A build that is running goes on with the script it began with, but by the steps of the plugin it finds after a restart.
 */

@Field multiArchWork

def work = multiArchWork
def plan = work.plan
if (plan.stash) {
    stash(plan.stash)
}
def built = []
def branches = [failFast: plan.failFast]
for (int i = 0; i < plan.lanes.size(); i++) {
    def lane = plan.lanes[i]
    branches[lane.name] = { -> workOff(work, lane, built) }
}
parallel(branches)
return multiArchPublish(order: plan.order, built: built, revision: work.revision.commit)

/** Builds what is in a lane, one after the other. Lanes may share what they take from as they get free. */
def workOff(work, lane, built) {
    def problem = null
    while (!lane.cells.isEmpty()) {
        def cell = lane.cells.take()
        try {
            built.add(lane.shared ? stage(cell.name) { buildCell(work, cell) } : buildCell(work, cell))
        } catch (Exception failure) {
            if (work.plan.failFast || work.revision.isAbort(failure)) {
                throw failure
            }
            problem = problem ?: failure
        }
        lane.cells.end(cell)
    }
    if (problem) {
        throw problem
    }
}

def buildCell(work, cell) {
    if (cell.here) {
        return inWorkspace(work, cell.json, cell)
    }
    return retry(count: work.plan.attempts, conditions: [agent(), nonresumable()]) {
        onAgent(work, cell)
    }
}

/** Agents may all be gone while a platform is still in the queue; then it looks for one again. */
def onAgent(work, cell) {
    while (true) {
        def place = multiArchAgent(cell: cell.json)
        if (place.done) {
            return place.done
        }
        try {
            return node(place.label) { inWorkspace(work, place.cell, cell) }
        } catch (Exception failure) {
            if (!QueuedPlatforms.isGivenBack(failure)) {
                throw failure
            }
        }
    }
}

def inWorkspace(work, json, cell) {
    if (cell.source == 'stash') {
        return inFolderOfItsOwn(work, json, cell)
    }
    if (cell.source == 'scm') {
        checkOut(work.revision)
    }
    return buildHere(work, json)
}

/** What a stash has and nothing else: not what other builds left in the workspace. */
def inFolderOfItsOwn(work, json, cell) {
    return dir(pwd(tmp: true)) {
        dir(cell.folder) {
            deleteDir()
            unstash(cell.stash)
            def built = buildHere(work, json)
            deleteDir()
            built
        }
    }
}

def buildHere(work, json) {
    def prepared = multiArchPrepare(cell: json, url: work.revision.url, commit: work.revision.commit)
    def status = 0
    if (prepared.script) {
        withCredentials(prepared.bindings) {
            status = sh(script: prepared.script, label: prepared.label, returnStatus: true)
        }
    } else if (prepared.asked) {
        def build = work.build
        build(prepared.asked)
    }
    return multiArchCollect(cell: json, status: status)
}

/** All platforms are built of the revision that the first checkout found. */
def checkOut(revision) {
    def other = revision.other(checkout(scm), scm)
    if (other != null) {
        checkout(other)
    }
}
