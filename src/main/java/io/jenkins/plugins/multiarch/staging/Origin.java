package io.jenkins.plugins.multiarch.staging;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who staged an image, and when.
 *
 * @param job the full name of the job, or empty outside Jenkins
 * @param build its number, or empty
 */
public record Origin(String job, String build, Instant time) {

    public Origin {
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** For messages, as in {@code of acme/app #42 (3 days old)}. */
    public String describe(Instant now) {
        String who = job.isEmpty() ? "" : "of " + job + " #" + build + " ";
        return who + "(" + age(Duration.between(time, now)) + " old)";
    }

    /** A length of time as people say it, in its largest unit. */
    public static String age(Duration time) {
        if (time.toDays() > 0) {
            return counted(time.toDays(), "day");
        }
        if (time.toHours() > 0) {
            return counted(time.toHours(), "hour");
        }
        return counted(Math.max(0, time.toMinutes()), "minute");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
