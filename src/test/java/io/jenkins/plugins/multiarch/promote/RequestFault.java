package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One way in which a request can fail.
 *
 * @param method of the requests that this can happen to, or {@code *}
 */
record RequestFault(String method, String name, Fault fault) {
    static final List<RequestFault> ALL = List.of(
            new RequestFault("*", "reset", Fault.reset()),
            new RequestFault("*", "answer lost", Fault.answerLost()),
            new RequestFault("*", "500", Fault.status(500)),
            new RequestFault("*", "403", Fault.status(403).error("DENIED", "no")),
            new RequestFault("*", "404", Fault.status(404)),
            new RequestFault("*", "wrong digest", Fault.wrongDigestHeader()),
            new RequestFault("*", "no digest", Fault.withoutHeader("Docker-Content-Digest")),
            new RequestFault("HEAD", "weak entity tag", Fault.header("Etag", "W/\"x\"")),
            new RequestFault("HEAD", "redirect", Fault.redirect("http://127.0.0.1:1/elsewhere")),
            new RequestFault("PUT", "reset in the request's body", Fault.resetInRequestBody(10)),
            new RequestFault("PUT", "503, later", Fault.status(503).retryAfter(1)),
            new RequestFault("PUT", "429", Fault.status(429).error("TOOMANYREQUESTS", "slow down")),
            new RequestFault("PUT", "412", Fault.status(412)),
            new RequestFault("GET", "corrupted body", Fault.corruptedBody()),
            new RequestFault("GET", "truncated body", Fault.truncatedBody(9)),
            new RequestFault("GET", "reset in the body", Fault.resetInResponseBody(9)),
            new RequestFault("GET", "endless body", Fault.endlessBody()),
            new RequestFault("GET", "oversized body", Fault.oversizedBody(5 << 20)),
            new RequestFault("GET", "other body", Fault.body("{}")));

    /** The system property that asks for every request in every way, which takes minutes. */
    private static final String EVERY = "every.fault";

    /**
     * A fault at one of the requests of something.
     *
     * @param number the request among those of the fault's method, from 1 on
     */
    record At(RequestFault fault, int number) {
        void strike(FakeRegistry registry) {
            registry.on(fault.method(), "*").occurrence(number).fail(fault.fault());
        }

        @Override
        public String toString() {
            return fault.name() + " at " + fault.method() + " " + number;
        }
    }

    /**
     * Each of these requests in one way that can happen to it, which is another one with the next request; with {@code
     * -Devery.fault} in all of them.
     */
    static List<At> at(List<LoggedRequest> requests) {
        List<At> all = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (LoggedRequest request : requests) {
            int ofAll = seen.merge("*", 1, Integer::sum);
            int ofMethod = seen.merge(request.method(), 1, Integer::sum);
            List<RequestFault> possible = ALL.stream()
                    .filter(one -> one.method().equals("*") || one.method().equals(request.method()))
                    .toList();
            List<RequestFault> tried =
                    System.getProperty(EVERY) == null ? List.of(possible.get(ofMethod % possible.size())) : possible;
            tried.forEach(one -> all.add(new At(one, one.method().equals("*") ? ofAll : ofMethod)));
        }
        return all;
    }
}
