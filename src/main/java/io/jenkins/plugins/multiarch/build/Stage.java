package io.jenkins.plugins.multiarch.build;

import java.util.List;

/**
 * What stands between one FROM and the next.
 *
 * @param index counted from 0, one of its names
 * @param from the FROM itself, not expanded
 * @param image what it is made from, not expanded
 * @param name behind AS, in small letters; empty where it has none
 */
record Stage(int index, Instruction from, String image, String name, List<Instruction> instructions) {

    Stage {
        instructions = List.copyOf(instructions);
    }
}
