package dcluster.runtime.peer;

/**
 * The first byte of a frame's body: what the frame is; from 5 on an {@link dcluster.host.Envelope envelope}. The first
 * three keep their numbers and meaning in every version.
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

    private FrameKind() {}
}
