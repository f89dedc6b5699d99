package dev.homeroom.metrics.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeworkReaderTest {
    private static final String HEADER = "student;snapshot;c_error;r_error;t_failed;t_success\n";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("R-M6: homeworks are read with their grades, snapshots in order of time")
    void reads() throws IOException {
        write(
                "hw07-snapshots.csv",
                HEADER + "a;2020-10-04T20_53_25.960Z;0;0;1;3\na;2020-10-04T10_00_00.000Z;1;0;0;0\n\n"
                        + "b;2020-10-04T20_53_25.960Z;0;0;0;4\n");
        write("hw02-snapshots.csv", HEADER + "b;2020-10-01T20_53_25.960Z;0;1;0;4\n");
        write("grades.csv", "student,hw02,hw07\na,,84.9\nb,100,85\n");

        List<Homework> homeworks = HomeworkReader.read(folder);

        assertThat(homeworks).extracting(Homework::name).containsExactly("hw02", "hw07");
        Homework.Work a = homeworks.get(1).students().sequencedValues().getFirst();
        assertThat(a.low()).isTrue();
        assertThat(a.snapshots())
                .containsExactly(
                        new Snapshot(Instant.parse("2020-10-04T10:00:00Z"), 1, 0, 0, 0),
                        new Snapshot(Instant.parse("2020-10-04T20:53:25.960Z"), 0, 0, 1, 3));
        assertThat(a.snapshots().getLast().score()).isEqualTo(0.75);
        Homework.Work b = homeworks.get(1).students().sequencedValues().getLast();
        assertThat(b.low()).isFalse();
        assertThat(b.half()).isEqualTo(1);
        assertThat(b.snapshots().getFirst().clean()).isTrue();
        assertThat(homeworks
                        .getFirst()
                        .students()
                        .sequencedValues()
                        .getFirst()
                        .snapshots()
                        .getFirst()
                        .clean())
                .as("a runtime error is no success")
                .isFalse();
    }

    @Test
    @DisplayName("R-M6: what cannot be read is told with file and line")
    void refuses() throws IOException {
        refused("there is no hwNN-snapshots.csv");
        write("hw07-snapshots.csv", HEADER + "a;2020-10-04T20_53_25.960Z;0;0;1;3\n");
        refused("there is no " + folder.resolve("grades.csv"));
        write("grades.csv", "student,hw02\na,1\n");
        refused("has no column hw07");
        write("grades.csv", "student,hw07\na,good\n");
        refused("grades.csv, line 2: hw07 is no number");
        write("grades.csv", "student,hw07\na,12\n");
        write("hw07-snapshots.csv", HEADER + "a;yesterday;0;0;1;3\n");
        refused("hw07-snapshots.csv, line 2: snapshot is no time");
        write("hw07-snapshots.csv", HEADER + "a;2020-10-04T20_53_25.960Z;0;0;-1;3\n");
        refused("line 2: t_failed is no count");
        write("hw07-snapshots.csv", HEADER + "a;2020-10-04T20_53_25.960Z;0\n");
        refused("line 2: r_error is missing");
        write("hw07-snapshots.csv", "student;snapshot\n");
        refused("has no column c_error");
    }

    private void refused(String words) {
        assertThatThrownBy(() -> HomeworkReader.read(folder))
                .isInstanceOf(UnreadableHomeworkException.class)
                .hasMessageContaining(words);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
