package dcluster.runtime.gateway;

/** One reply, known but not written yet: the replies to earlier requests of its client go first. */
@FunctionalInterface
interface Reply {
    Reply OK = RespWriter::ok;

    void writeTo(RespWriter writer);

    /** An error: its prefix in capitals, a blank, a sentence. */
    static Reply error(String line) {
        return writer -> writer.error(line);
    }
}
