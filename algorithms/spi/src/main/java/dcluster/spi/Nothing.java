package dcluster.spi;

/** A type of which there is no value: what an algorithm without messages, or without timers, names as their type. */
public enum Nothing {}
