package dcluster.config;

import dcluster.config.Yaml.Mapping;

/**
 * Any record as a file, by the rules of cluster files: strict, with a place for each error. What may stand in it follows
 * from the record's components: words, numbers, durations (nanoseconds, too, if the name says so: {@link Forms}), enums,
 * records, sealed interfaces of records, lists and optionals of these.
 */
public final class RecordFile {
    private RecordFile() {}

    /**
     * Reads a record.
     *
     * @param what it is, for errors: "a schedule"
     * @throws ConfigException if anything is wrong with the text; tells up to ten problems at once
     */
    public static <T extends Record> T read(ClusterText file, Class<T> type, String what) {
        var problems = new Problems();
        var root = YamlReader.readFile(file.name(), file.text(), problems);
        var read = problems.attempt(() -> Forms.of(type).read(root, what));
        problems.throwIfAny();
        return read.orElseThrow();
    }

    /** What {@link #read} makes an equal record of. */
    public static String write(Record value) {
        return YamlWriter.write((Mapping) Forms.write(value));
    }
}
