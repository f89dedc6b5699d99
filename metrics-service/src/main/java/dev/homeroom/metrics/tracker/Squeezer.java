package dev.homeroom.metrics.tracker;

/**
 * Takes out of JavaScript what browsers do not need: comments that have a line of their own, indentation, line ends,
 * spaces between signs, and semicolons before the end of a block. It does not know the language, so the source keeps to what it says at its top: statements end with
 * semicolons, loops have a body, texts stand in double quotes, and a regular expression follows a bracket or a comma. Pure.
 */
final class Squeezer {
    private final String source;
    private final StringBuilder out;

    private Squeezer(String source) {
        this.source = source;
        this.out = new StringBuilder(source.length());
    }

    /** The same script, smaller. */
    static String squeezed(String script) {
        StringBuilder lines = new StringBuilder(script.length());
        script.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .forEach(line -> lines.append(line).append('\n'));
        return new Squeezer(lines.toString()).run();
    }

    private String run() {
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '"' || (c == '/' && beginsExpression())) {
                at = literal(at, c);
            } else {
                if (c == '}' && last() == ';') {
                    out.setLength(out.length() - 1);
                }
                if ((c != ' ' && c != '\n') || isNeeded(at)) {
                    out.append(c);
                }
                at++;
            }
        }
        return out.toString();
    }

    /** Copies a text or regular expression and gives what follows it. */
    private int literal(int from, char end) {
        int at = from + 1;
        while (source.charAt(at) != end) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        out.append(source, from, at + 1);
        return at + 1;
    }

    /** A slash after one of these begins a regular expression; after anything else it divides. */
    private boolean beginsExpression() {
        return last() == '(' || last() == ',';
    }

    /** A space is needed between words, and between signs that would become another one. */
    private boolean isNeeded(int at) {
        char next = at + 1 < source.length() ? source.charAt(at + 1) : '\n';
        boolean words = isWord(last()) && isWord(next);
        boolean signs = last() == next && (next == '+' || next == '-');
        return words || signs;
    }

    private char last() {
        return out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
