package dev.homeroom.platform.arch.sample.util;

/** In a package whose name says nothing and that is not null-marked. */
public final class Unmarked {
    private Unmarked() {}
}
