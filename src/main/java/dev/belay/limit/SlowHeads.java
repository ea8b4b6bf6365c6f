package dev.belay.limit;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Ends connections on which the head of a request trickles in, which the idle timeout does not see and no handler of
 * requests: bytes that keep coming for twice as long as a request may take, with nothing sent back. Only where a connection
 * has one request at a time, so not for HTTP/2. Netty finds it as a service.
 */
public class SlowHeads extends ChannelInitializerExtension {

    private static final Duration DEFAULT = Duration.ofSeconds(10);

    /** Has Netty look for such services; to be called before it opens the first port. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Duration timeout = ConfigProvider.getConfig()
                .getOptionalValue("belay.limits.request-timeout", Duration.class)
                .orElse(DEFAULT);
        channel.pipeline().addFirst(new Clock(timeout.multipliedBy(2).toNanos()));
    }

    private static final class Clock extends ChannelDuplexHandler {

        private final long longest;
        private boolean isRunning;
        private long begun;

        Clock(long longest) {
            this.longest = longest;
        }

        @Override
        public void channelRead(ChannelHandlerContext connection, Object message) throws Exception {
            if (!isRunning) {
                isRunning = true;
                begun = System.nanoTime();
            } else if (System.nanoTime() - begun > longest) {
                ReferenceCountUtil.release(message);
                var unused = connection.close();
                return;
            }
            super.channelRead(connection, message);
        }

        @Override
        public void write(ChannelHandlerContext connection, Object message, ChannelPromise promise) throws Exception {
            isRunning = false;
            super.write(connection, message, promise);
        }
    }
}
