package dcluster.simulation;

/** What faults have in force on one machine. */
record Condition(SimulatedNode<?> node, InForce<Boolean> down, InForce<Long> drift, InForce<Long> stall) {
    static Condition of(SimulatedNode<?> node) {
        return new Condition(
                node,
                new InForce<>(false, isDown -> restart(node, isDown)),
                new InForce<>(0L, node::drift),
                new InForce<>(0L, node.pace()::stall));
    }

    private static void restart(SimulatedNode<?> node, boolean isDown) {
        if (!isDown && !node.isUp()) {
            node.start();
        }
    }
}
