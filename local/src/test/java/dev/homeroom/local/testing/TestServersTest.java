package dev.homeroom.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TestServersTest {
    @Test
    void everyUseOfPostgresHasItsOwnDatabaseOnOneServer() throws Exception {
        try (TestDatabase first = TestPostgres.freshDatabase();
                TestDatabase second = TestPostgres.freshDatabase()) {
            assertThat(first.server()).isEqualTo(second.server());
            try (var connection = DriverManager.getConnection(first.jdbcUrl(), first.user(), first.password());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA queue");
                var rows =
                        statement.executeQuery("SELECT current_database(), current_setting('server_version_num')::int");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(first.name()).isNotEqualTo(second.name());
                assertThat(rows.getInt(2)).isGreaterThanOrEqualTo(180000);
            }
        }
    }

    @Test
    void theBrokerCreatesTopics() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", new KafkaResource().start().get("kafka.bootstrap.servers"));
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic("one", 6, (short) 1))).all().get(30, TimeUnit.SECONDS);
            Set<String> names = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            assertThat(names).contains("one");
        }
    }

    @Test
    void tokensCarryWhatTheServicesCheck() {
        String[] parts = JwtResource.token("operator").split("\\.", -1);
        assertThat(parts).hasSize(3);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"iss\":\"homeroom\"", "\"groups\":[\"operator\"]", "\"classrooms\":[\"*\"]");
    }
}
