package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.codec.elsewhere.Provider;
import dcluster.spi.Bytes;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class CodecTest {
    record Text(String text) {}

    record Sender(NodeId id) {}

    record Ordered(Map<String, Long> map) {}

    @Test
    void aValueIsReadFromTheMiddleAndWhatFollowsIsLeft() {
        var codec = Codec.of(Text.class);
        var out = new ByteWriter(16);
        out.writeByte(9);
        codec.encode(new Text("a"), out);
        codec.encode(new Text("bc"), out);
        var in = new ByteReader(out.toArray());
        assertThat(in.readByte()).isEqualTo((byte) 9);
        assertThat(codec.decode(in)).isEqualTo(new Text("a"));
        assertThat(in.remaining()).isEqualTo(3);
        assertThat(codec.decode(in)).isEqualTo(new Text("bc"));
        in.end();
    }

    @Test
    void theSameTypeHasTheSameCodec() {
        assertThat(Codec.of(Response.class)).isSameAs(Codec.of(Response.class));
    }

    @Test
    void aMapKeepsItsOrder() {
        var map = new LinkedHashMap<String, Long>();
        for (String key : List.of("z", "a", "m", "b")) {
            map.put(key, 1L);
        }
        var decoded = decode(Ordered.class, encode(Ordered.class, new Ordered(map)));
        assertThat(decoded.map().keySet()).containsExactly("z", "a", "m", "b");
    }

    @Test
    void whatIsDecodedIsImmutable() {
        var tree = decode(Nasty.Tree.class, encode(Nasty.Tree.class, new Nasty.Tree(1, List.of())));
        assertThatThrownBy(() -> tree.children().add(tree)).isInstanceOf(UnsupportedOperationException.class);
        var map = decode(Ordered.class, encode(Ordered.class, new Ordered(Map.of("a", 1L))));
        assertThatThrownBy(() -> map.map().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theSameIdComesAsTheSameObject() {
        var first = new Sender(new NodeId("n1"));
        var bytes = encode(Sender.class, first);
        assertThat(decode(Sender.class, bytes).id())
                .isSameAs(decode(Sender.class, bytes).id());
    }

    @Test
    void idsThatShareAPlaceAmongTheKnownStayApart() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_000; i++) {
                var sender = new Sender(new NodeId("n" + i));
                assertThat(decode(Sender.class, encode(Sender.class, sender))).isEqualTo(sender);
            }
        }
    }

    @Test
    void aTextThatIsNotUnicodeIsNotSentAsSomethingElse() {
        for (String text : List.of("a\ud800", "\udc00\ud800", "\ud800x")) {
            assertThatThrownBy(() -> encode(Text.class, new Text(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("half a surrogate pair");
        }
        var whole = new Text("\ud83d\ude00\ufffd");
        assertThat(decode(Text.class, encode(Text.class, whole))).isEqualTo(whole);
    }

    @Test
    void aValueAsDeepAsItMayBeIsDecodedAndADeeperOneNotEncoded() {
        var deepest = tree(Codec.MAX_DEPTH);
        assertThat(decode(Nasty.Tree.class, encode(Nasty.Tree.class, deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> encode(Nasty.Tree.class, tree(Codec.MAX_DEPTH + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 deep");
        // The writer of the refused value is as good as new.
        assertThat(decode(Nasty.Tree.class, encode(Nasty.Tree.class, deepest))).isEqualTo(deepest);
    }

    @Test
    void manyThreadsShareOneCodec() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (long seed = 1; seed <= 8; seed++) {
                long own = seed;
                tasks.add(() -> {
                    CodecProperties.roundTrip(Nasty.class, own, 200);
                    return true;
                });
            }
            for (var done : pool.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void privateTypesOfAPluginAreEncoded() throws Exception {
        var plugin = new PluginLoader();
        var type = (Class<?>) Objects.requireNonNull(plugin.loadClass(Provider.class.getName())
                .getMethod("messageType")
                .invoke(null));
        assertThat(type.getClassLoader()).isSameAs(plugin);
        CodecProperties.roundTrip(type, 1, 200);
        assertThat(Codec.of(type).fingerprint())
                .isEqualTo(Codec.of(Provider.messageType()).fingerprint());
    }

    /** Loads the types of {@code elsewhere} itself, as the loader of a plugin's jar does. */
    private static final class PluginLoader extends ClassLoader {
        PluginLoader() {
            super(CodecTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dcluster.codec.elsewhere.")) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void anEmptyRecordStandsAsOneByteSoThatAListOfThemIsBounded() {
        var value = new Nasty.Containers(
                Optional.empty(), List.of(), List.of(new Nasty.Void0(), new Nasty.Void0()), Map.of(), Map.of());
        assertThat(encode(Nasty.Containers.class, value).toString()).isEqualTo("\\x00\\x00\\x02\\x00\\x00\\x00\\x00");
    }

    private static Nasty.Tree tree(int depth) {
        var tree = new Nasty.Tree(depth, List.of());
        for (int i = 1; i < depth; i++) {
            tree = new Nasty.Tree(i, List.of(tree));
        }
        return tree;
    }

    private static <T> Bytes encode(Class<T> type, T value) {
        var out = new ByteWriter(100);
        Codec.of(type).encode(value, out);
        return Bytes.copyOf(out.toArray());
    }

    private static <T> T decode(Class<T> type, Bytes bytes) {
        var in = new ByteReader(bytes.toArray());
        var value = Codec.of(type).decode(in);
        in.end();
        return value;
    }
}
