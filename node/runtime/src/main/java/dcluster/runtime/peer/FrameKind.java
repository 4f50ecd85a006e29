package dcluster.runtime.peer;

/**
 * The first byte of a frame's body: what the frame is. The first three keep their numbers and meaning in every version.
 */
final class FrameKind {
    /** Of the one who dials: who it is and whom it wants. */
    static final int HELLO = 1;

    /** The answer to {@link #HELLO}, in the same layout. */
    static final int WELCOME = 2;

    /** The other answer: the rest of the body is the reason in UTF-8. */
    static final int REFUSED = 3;

    /** A sign of life; nothing follows. */
    static final int PING = 4;

    /** An algorithm's message. */
    static final int MESSAGE = 5;

    /** A client's command on its way to the node that serves it. */
    static final int FORWARD = 6;

    /** How a forward ended. */
    static final int ANSWER = 7;

    private FrameKind() {}
}
