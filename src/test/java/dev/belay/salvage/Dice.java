package dev.belay.salvage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** Where a seed's decisions come from, all of them, and always in the same order. */
public final class Dice {

    private final Random random;

    public Dice(long seed) {
        // Random alone begins much alike for seeds that follow each other.
        this.random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** From {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    public final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    <T> Optional<T> any(List<T> of) {
        return of.isEmpty() ? Optional.empty() : Optional.of(one(of));
    }

    public <T> List<T> some(List<T> of, int most) {
        List<T> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
    }

    public String uuid() {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }
}
