package dev.belay.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When changes may be made: in any of the windows, and in no blackout. Without windows, always but in a blackout, whose
 * days are then those of UTC.
 */
public record Windows(List<MaintenanceWindow> windows, List<Blackout> blackouts) {

    public static final Windows NONE = new Windows(List.of(), List.of());

    /** How far an opening is followed through windows that overlap or touch; it may last longer. */
    private static final Duration FOLLOWED = Duration.ofDays(7);

    private static final int LOOKED_AHEAD = 100;

    public Windows {
        windows = List.copyOf(windows);
        blackouts = List.copyOf(blackouts);
    }

    /** Whether changes may be made at any time. */
    public boolean isUnrestricted() {
        return windows.isEmpty() && blackouts.isEmpty();
    }

    /** What is open at a moment, from then on; empty when nothing is. */
    public Optional<Opening> openAt(Instant at) {
        Instant end = at;
        boolean grown = true;
        while (grown && Duration.between(at, end).compareTo(FOLLOWED) < 0) {
            grown = false;
            for (MaintenanceWindow window : effective()) {
                Instant later = openUntil(window, end);
                if (later.isAfter(end)) {
                    end = later;
                    grown = true;
                }
            }
        }
        return end.isAfter(at) ? Optional.of(new Opening(at, end)) : Optional.empty();
    }

    /** What is open at a moment or, if nothing is, opens next; empty when nothing ever opens again. */
    public Optional<Opening> nextOpening(Instant after) {
        Instant at = after;
        while (true) {
            Optional<Opening> open = openAt(at);
            if (open.isPresent()) {
                return open;
            }
            Instant next = nextChange(at);
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
    }

    /** The next hundred openings from a moment on; each is found when it is asked for. */
    public Stream<Opening> upcoming(Instant from) {
        return Stream.iterate(
                        nextOpening(from),
                        Optional::isPresent,
                        last -> last.flatMap(opening -> nextOpening(opening.until())))
                .flatMap(Optional::stream)
                .limit(LOOKED_AHEAD);
    }

    private List<MaintenanceWindow> effective() {
        return windows.isEmpty() && !blackouts.isEmpty() ? List.of(MaintenanceWindow.always()) : windows;
    }

    /** Until when the window is open that is open at a moment; the moment itself when it is not. */
    private Instant openUntil(MaintenanceWindow window, Instant at) {
        if (blackoutAt(window, at).isPresent()) {
            return at;
        }
        return window.lastBeginning(at)
                .map(begin -> cutOff(window, at, begin.plus(window.duration())))
                .orElse(at);
    }

    private Instant cutOff(MaintenanceWindow window, Instant at, Instant end) {
        return blackouts.stream()
                .map(blackout -> blackout.begins(window.zone()))
                .filter(begin -> begin.isAfter(at) && begin.isBefore(end))
                .min(Instant::compareTo)
                .orElse(end);
    }

    /** The next moment at which a window could open; null when none ever does. */
    private @Nullable Instant nextChange(Instant at) {
        return effective().stream()
                .map(window -> nextChange(window, at))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Optional<Instant> nextChange(MaintenanceWindow window, Instant at) {
        Optional<Blackout> now = blackoutAt(window, at);
        if (now.isPresent()) {
            return now.map(blackout -> blackout.ends(window.zone()));
        }
        return window.nextBeginning(at)
                .map(begin -> blackoutAt(window, begin)
                        .map(blackout -> blackout.ends(window.zone()))
                        .orElse(begin));
    }

    private Optional<Blackout> blackoutAt(MaintenanceWindow window, Instant at) {
        return blackouts.stream()
                .filter(blackout -> blackout.covers(at, window.zone()))
                .findFirst();
    }
}
