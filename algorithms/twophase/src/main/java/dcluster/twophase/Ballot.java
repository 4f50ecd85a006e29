package dcluster.twophase;

/** What a participant votes. */
enum Ballot {
    /** It will commit if it is told to, whatever happens to it; until it is told, it neither commits nor aborts. */
    YES,

    /** It has dropped its part, and will never commit it. */
    NO,

    /** It has only read, and is done: it need not be told of any decision. */
    READ_ONLY
}
