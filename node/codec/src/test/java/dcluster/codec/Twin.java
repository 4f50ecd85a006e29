package dcluster.codec;

/** Has the name of another. */
record Twin(long number) {}
