package dcluster.journal;

import java.util.Optional;

/**
 * What opening a journal found and did.
 *
 * @param records how many were replayed
 * @param bytes how many the journal's files hold of them, frames included
 * @param cut what was cut from the end, if anything was there
 */
public record Recovery(long records, long bytes, Optional<Cut> cut) {
    /**
     * Bytes at the journal's end that no valid frame accounts for: a write that the crash caught before it was synced.
     *
     * @param file its name in the folder
     * @param offset where the cut is, in bytes from the file's start
     * @param bytes how many lay behind the cut, up to the last that was not zero
     * @param problem what the first of them failed at
     */
    public record Cut(String file, long offset, long bytes, String problem) {
        @Override
        public String toString() {
            return "cut " + bytes + " bytes at offset " + offset + " of " + file + " (" + problem + ")";
        }
    }

    /** For logs. */
    @Override
    public String toString() {
        return records + " records, " + bytes + " bytes replayed"
                + cut.map(c -> "; " + c).orElse("");
    }
}
