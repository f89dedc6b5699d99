package dev.homeroom.metrics.tracker;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32;

/** The browser tracker: read from the readable source once, served squeezed. Immutable. */
@Singleton
public class TrackerScript {
    private static final String SOURCE = "/tracker/homeroom.js";

    private final byte[] bytes;
    private final String tag;

    /** Reads the source. */
    public TrackerScript() {
        try (InputStream in = TrackerScript.class.getResourceAsStream(SOURCE)) {
            byte[] source = Objects.requireNonNull(in, SOURCE).readAllBytes();
            this.bytes = Squeezer.squeezed(new String(source, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes);
        this.tag = HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** The script, in UTF-8. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What tells one version of it from another. */
    public String tag() {
        return tag;
    }
}
