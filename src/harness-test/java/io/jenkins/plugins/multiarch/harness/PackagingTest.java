package io.jenkins.plugins.multiarch.harness;

import static org.assertj.core.api.Assertions.assertThat;

import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PackagingTest {

    @Test
    void loadsAsAPluginOfItsOwn(JenkinsRule jenkins) {
        var plugin = Jenkins.get().getPluginManager().getPlugin("multiarch-release");

        assertThat(plugin).isNotNull();
        assertThat(plugin.isActive()).isTrue();
        assertThat(Jenkins.get().getPluginManager().getFailedPlugins()).isEmpty();
    }
}
