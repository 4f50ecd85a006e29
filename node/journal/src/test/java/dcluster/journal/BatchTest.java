package dcluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcluster.spi.Limits;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private final Batch batch = new Batch();

    @Test
    void countsRecordsAndBytes() {
        assertThat(batch.isEmpty()).isTrue();
        batch.begin().writeLong(1);
        batch.end();
        batch.begin();
        batch.end();
        assertThat(batch.isEmpty()).isFalse();
        assertThat(batch.records()).isEqualTo(2);
        assertThat(batch.bytes()).isEqualTo(8 + 8 + 8);
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.bytes()).isZero();
    }

    @Test
    void refusesARecordAboveTheLimitAndKeepsTheOthers() {
        batch.begin().writeLong(1);
        batch.end();
        batch.begin().skip(Limits.MAX_FRAME_BYTES + 1);
        assertThatThrownBy(batch::end)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16777217")
                .hasMessageContaining("16777216");
        assertThat(batch.records()).isEqualTo(1);
        assertThat(batch.bytes()).isEqualTo(16);
        batch.begin().writeLong(2);
        batch.end();
        assertThat(batch.records()).isEqualTo(2);
    }

    @Test
    void aRecordOfTheLargestSizeAndAnEmptyOneComeBack() throws IOException {
        var disk = new MemoryDisk();
        batch.begin().skip(Limits.MAX_FRAME_BYTES);
        batch.end();
        batch.begin();
        batch.end();
        try (var journal = Journal.open(disk, Life.IDENTITY, Life.OPTIONS, r -> {})) {
            journal.write(batch);
        }
        var sizes = new ArrayList<Integer>();
        Journal.open(disk, Life.IDENTITY, Life.OPTIONS, record -> sizes.add(record.remaining()))
                .close();
        assertThat(sizes).containsExactly(Limits.MAX_FRAME_BYTES, 0);
    }

    @Test
    void keepsLittleMemoryWhenCleared() {
        var writer = batch.begin();
        writer.skip(4 << 20);
        batch.end();
        batch.clear();
        assertThat(writer.array().length).isLessThanOrEqualTo(Limits.CHUNK_BYTES);
    }

    @Test
    void recordsDoNotNest() {
        batch.begin();
        assertThatThrownBy(batch::begin).isInstanceOf(IllegalStateException.class);
        batch.end();
        assertThatThrownBy(batch::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUnendedRecordIsNotWritten() throws IOException {
        try (var journal = Scene.open(new MemoryDisk(), new Numbers())) {
            Numbers.add(batch, 1);
            batch.begin();
            assertThatThrownBy(() -> journal.write(batch)).isInstanceOf(IllegalStateException.class);
        }
    }
}
