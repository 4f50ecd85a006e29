package dcluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a codec cannot be derived from is refused when it is made, and the message says where to look. */
final class UnsupportedTypesTest {
    @SuppressWarnings("ArrayRecordComponent")
    record Raw(long fine, byte[] content) {}

    @Test
    void anArrayOfBytesIsRefusedWithAdvice() {
        assertRefused(Raw.class, "Raw, component content", "byte[]; use dcluster.spi.Bytes");
    }

    record Deep(Optional<List<Raw>> raws) {}

    @Test
    void theComponentAtFaultIsNamedHoweverDeepItLies() {
        assertRefused(Deep.class, "Raw, component content", "byte[]");
    }

    record RawInside(List<Optional<byte[]>> contents) {}

    record OfFloat(float ratio) {}

    record OfChar(char letter) {}

    record OfObject(Object anything) {}

    record OfSet(Set<String> names) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfArray(long[] numbers) {}

    @SuppressWarnings("rawtypes")
    record OfRawList(List list) {}

    record OfWildcard(List<? extends Number> numbers) {}

    record Generic<X>(X content) {}

    record OfGeneric(Generic<Long> pair) {}

    record OfPlainClass(StringBuilder text) {}

    @Test
    void typesWithoutAFormAreRefused() {
        assertRefused(RawInside.class, "RawInside, component contents", "byte[]");
        assertRefused(OfFloat.class, "OfFloat, component ratio", "float");
        assertRefused(OfChar.class, "OfChar, component letter", "char");
        assertRefused(OfObject.class, "OfObject, component anything", "java.lang.Object");
        assertRefused(OfSet.class, "OfSet, component names", "java.util.Set<java.lang.String>");
        assertRefused(OfArray.class, "OfArray, component numbers", "long[]");
        assertRefused(OfRawList.class, "OfRawList, component list", "java.util.List");
        assertRefused(OfWildcard.class, "OfWildcard, component numbers", "? extends java.lang.Number");
        assertRefused(Generic.class, "Generic, component content", "X");
        assertRefused(OfGeneric.class, "OfGeneric, component pair", "Generic<java.lang.Long>");
        assertRefused(OfPlainClass.class, "OfPlainClass, component text", "java.lang.StringBuilder");
    }

    record OfUnordered(Map<Point, Long> byPoint) {}

    record Point(long x, long y) {}

    record OfListKeys(Map<List<NodeId>, Long> byNodes) {}

    @Test
    void aMapWhoseKeysCannotBeComparedIsRefused() {
        assertRefused(OfUnordered.class, "OfUnordered, component byPoint", "comparable", "Point");
        assertRefused(OfListKeys.class, "OfListKeys, component byNodes", "comparable", "List");
    }

    interface Open {}

    sealed interface HalfOpen {}

    non-sealed interface Leak extends HalfOpen {}

    record Closed() implements HalfOpen {}

    record OfHalfOpen(HalfOpen half) {}

    @Test
    void aTypeThatIsNotARecordOrSealedIsRefused() {
        assertRefused(Open.class, "Open");
        assertRefused(String[].class, "String[]");
        assertRefused(HalfOpen.class, "HalfOpen", "Leak");
        assertRefused(OfHalfOpen.class, "OfHalfOpen, component half", "Leak");
    }

    record Twice(Name.Point here, Other.Name.Point there, UnsupportedTypesTest.Name.Point again) {}

    static final class Name {
        record Point(long x) {}
    }

    static final class Other {
        static final class Name {
            record Point(long x) {}
        }
    }

    @Test
    void typesAreToldApartByWhatTheyStandIn() {
        assertThat(Codec.of(Twice.class).schema())
                .contains("UnsupportedTypesTest.Name.Point here, UnsupportedTypesTest.Other.Name.Point there");
    }

    record Clash(dcluster.codec.elsewhere.Twin there, Twin here) {}

    @Test
    void twoTypesOfOneNameAreRefused() {
        assertRefused(Clash.class, "one name", "dcluster.codec.elsewhere.Twin", "dcluster.codec.Twin");
    }

    private static void assertRefused(Class<?> type, String... parts) {
        assertThatThrownBy(() -> Codec.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
