package dcluster.runtime.gateway;

import dcluster.host.CommandSink;

/** A sink that always takes more, and orders the writes of a connection unless it says otherwise. */
interface RoomySink extends CommandSink {
    @Override
    default boolean hasRoom() {
        return true;
    }

    @Override
    default void whenRoom(Runnable task) {
        task.run();
    }

    @Override
    default boolean ordersWrites() {
        return true;
    }
}
