package dcluster.spi;

/**
 * A client's command as it waits for an answer at this node. The id is unique in the life of the process and tells
 * requests apart; it says nothing of the client. A request is answered at most once: the runtime ignores answers to
 * requests that it has answered itself, as it does when one waited too long.
 */
public record Request(long id, Command command) {}
