package dcluster.journal;

import java.io.Closeable;

/** The locked folder of an open journal, with the hash of its identity. */
record Folder(Disk disk, long identity, JournalOptions options, Closeable lock) {}
