package dev.homeroom.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
    @TempDir
    private Path directory;

    @Test
    void thePublicKeyVerifiesAndTheClaimsAreThere() throws Exception {
        TokenIssuer issuer = TokenIssuer.openOrCreate(directory);
        String token = issuer.issue(
                TokenRequest.of("demo", "app").inClassrooms("c1").forApp("demo").forStudent("ada"));
        String[] parts = token.split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        String pem = Files.readString(issuer.publicKeyFile()).replaceAll("-----[A-Z ]+-----|\\s", "");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"classrooms\":[\"c1\"]", "\"app\":\"demo\"", "\"student\":\"ada\"", "\"sub\":\"demo\"");
    }

    @Test
    void thePrivateKeyIsForItsOwnerOnlyAndIsKept() throws Exception {
        TokenIssuer.openOrCreate(directory);
        Path key = directory.resolve("homeroom.key.pem");
        String before = Files.readString(key);
        TokenIssuer.openOrCreate(directory);
        assertThat(Files.readString(key)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void boundsAreChecked() {
        TokenRequest request = TokenRequest.of("s", "agent");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> request.livingFor(Duration.ZERO));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> request.livingFor(Duration.ofDays(181)));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> TokenRequest.of("s", "king"));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> TokenRequest.of(" ", "agent"));
        assertThat(request.roles()).isEqualTo(Set.of("agent"));
    }
}
