package dcluster.config;

/** What a node does with a request that another node has to serve, such as the leader. */
public enum Forwarding {
    /** It passes the request on, and the answer back. */
    FORWARD,
    /** It answers {@code -MOVED} with the other node's address, as Redis clusters do, and the client asks there. */
    MOVED
}
