package dcluster.codec.elsewhere;

/** Has the name of another. */
public record Twin(long number) {}
