package io.portcullis.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Many threads that start at once. */
public final class Race {
    private Race() {}

    /** Runs the step on that many virtual threads; what one throws is thrown. */
    public static <T> List<T> of(int runners, Callable<T> step) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = IntStream.range(0, runners)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return step.call();
                    }))
                    .toList();
            start.countDown();
            var all = new java.util.ArrayList<T>();
            for (var result : results) {
                all.add(result.get());
            }
            return all;
        }
    }
}
