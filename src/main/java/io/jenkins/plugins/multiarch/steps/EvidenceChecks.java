package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;

/**
 * What is said of the fields of {@link RequiredEvidence}, wherever they stand in a form.
 *
 * @param function the step, for refusals
 */
record EvidenceChecks(String function) {

    FormValidation key(Item item, String value) {
        return RegistryStepDescriptor.checkedIfGiven(item, value, PolicySource::checkKey);
    }

    FormValidation policy(Item item, String value, String key) {
        return RegistryStepDescriptor.checkedIfGiven(
                item, value, policy -> source(key, policy, null).checkPolicy());
    }

    FormValidation policyFile(Item item, String value, String key, String policy) {
        return RegistryStepDescriptor.checkedIfGiven(
                item, value, file -> source(key, policy, file).checkPolicyFile());
    }

    FormValidation trustedRoot(Item item, String value) {
        return RegistryStepDescriptor.checkedIfGiven(item, value, PolicySource::checkTrustedRoot);
    }

    private PolicySource source(String key, String policy, String file) {
        RequiredEvidence given = new RequiredEvidence();
        given.setKey(key);
        given.setPolicy(policy);
        given.setPolicyFile(file);
        return given.source(function);
    }
}
