package dcluster.runtime.gateway;

import java.util.Iterator;

/** Cuts what a gateway sent into replies, and complains where it is not RESP2. */
final class Replies implements Iterator<String> {
    private final String sent;
    private int position;

    Replies(String sent) {
        this.sent = sent;
    }

    @Override
    public boolean hasNext() {
        return position < sent.length();
    }

    /** The next reply with its type; of an array the elements, parted by blanks. */
    @Override
    public String next() {
        char type = sent.charAt(position);
        int end = sent.indexOf("\r\n", position);
        if (end < 0) {
            throw new IllegalStateException("a line without an end: " + sent.substring(position));
        }
        var line = sent.substring(position, end);
        position = end + 2;
        return switch (type) {
            case '+', '-' -> line;
            case ':' -> ":" + Long.parseLong(line.substring(1));
            case '$' -> bulk(Integer.parseInt(line.substring(1)));
            case '*' -> array(Integer.parseInt(line.substring(1)));
            default -> throw new IllegalStateException("no reply begins so: " + line);
        };
    }

    private String bulk(int length) {
        if (length < 0) {
            return "(absent)";
        }
        var content = sent.substring(position, position + length);
        position += length;
        if (!sent.startsWith("\r\n", position)) {
            throw new IllegalStateException("a bulk string that does not end where it said: " + content);
        }
        position += 2;
        return "$" + content;
    }

    private String array(int count) {
        var elements = new StringBuilder("*");
        for (int i = 0; i < count; i++) {
            elements.append(i == 0 ? "" : " ").append(next());
        }
        return elements.toString();
    }
}
