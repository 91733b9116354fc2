package io.jenkins.plugins.multiarch.gate;

/**
 * One thing in which an image differs from the one recorded.
 *
 * @param platform which of its images, or empty where it is the index itself
 * @param text what differs and how, as a part of a sentence: {@code ENV MODE is 'b' instead of 'a'}
 */
public record Difference(String platform, String text) {

    @Override
    public String toString() {
        return platform.isEmpty() ? text : platform + ": " + text;
    }
}
