package dcluster.runtime.admin;

import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What operators may ask of a node.
 *
 * @param offered a sentence about each, by its name
 * @param run takes one on the node's loop, and answers once there, at the latest when a request's time is up
 */
public record Operations(SortedMap<String, String> offered, BiConsumer<Command.Operation, Consumer<Response>> run) {}
