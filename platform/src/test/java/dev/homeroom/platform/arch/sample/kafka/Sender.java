package dev.homeroom.platform.arch.sample.kafka;

/** An adapter. */
public final class Sender {
    /** Sleeps and prints. */
    public void send() throws InterruptedException {
        Thread.sleep(1);
        System.out.println("sent");
    }
}
