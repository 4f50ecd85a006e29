package dcluster.quorum;

/** How two versions of a key are told apart: which one is the later, or that neither is. */
enum Versioning {
    /** By the time on the wall: the latest stays, whatever the other was. */
    LAST_WRITE_WINS,
    /** By what the writer knew: concurrent versions stay side by side as siblings. */
    VECTOR_CLOCK
}
