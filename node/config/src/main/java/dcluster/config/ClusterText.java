package dcluster.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The text of a cluster file, which need not be a file.
 *
 * @param name the file as people named it: errors begin with it, and the cluster is by default called after it
 * @param text its content, without a byte order mark
 */
public record ClusterText(String name, String text) {
    static final int MAX_BYTES = 1 << 20;

    /**
     * Reads a file in UTF-8, with or without a byte order mark.
     *
     * @throws ConfigException if it cannot be read, is larger than a mebibyte or is not text
     */
    public static ClusterText read(Path file) {
        var name = file.toString();
        var text = decode(name, bytes(file));
        refuseUnprintable(name, text);
        return new ClusterText(name, text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    private static byte[] bytes(Path file) {
        var place = Place.whole(file.toString());
        if (Files.isDirectory(file)) {
            throw new ConfigException(place, "this is a folder, not a file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigException(
                        new Place(place.source(), 1, 1), "this is larger than 1 MiB, so it is no cluster file");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new ConfigException(place, "there is no such file");
        } catch (AccessDeniedException e) {
            throw new ConfigException(place, "this file may not be read; look at its permissions");
        } catch (IOException e) {
            throw new ConfigException(
                    place, "this file cannot be read: " + Words.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static String decode(String name, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        // A decoder that is not told otherwise reports what is malformed, and stops there.
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        var text = out.flip().toString();
        if (result.isError()) {
            var wrong = String.format("0x%02x", bytes[in.position()]);
            throw new ConfigException(end(name, text), "this is not text in UTF-8: byte " + wrong);
        }
        return text;
    }

    private static void refuseUnprintable(String name, String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                throw new ConfigException(
                        end(name, text.substring(0, i)),
                        String.format("this is not text: character U+%04X has no place in YAML", character));
            }
        }
    }

    private static Place end(String name, String text) {
        int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
        int start = text.lastIndexOf('\n') + 1;
        return new Place(name, line, text.codePointCount(start, text.length()) + 1);
    }
}
