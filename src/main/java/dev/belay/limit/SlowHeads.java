package dev.belay.limit;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Ends connections on which the head of a request trickles in, which the idle timeout does not see and no handler of
 * requests: bytes that keep coming for twice as long as a request may take, with nothing sent back. For plain HTTP/1 only;
 * with TLS or HTTP/2, bytes of several requests may come and go at any time. Netty finds it as a service.
 */
public class SlowHeads extends ChannelInitializerExtension {

    private static final Duration DEFAULT = Duration.ofSeconds(10);
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int PREFACE_OF_HTTP_2 = 'P' << 16 | 'R' << 8 | 'I';

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
                begin(connection, message);
            } else if (System.nanoTime() - begun > longest) {
                ReferenceCountUtil.release(message);
                var unused = connection.close();
                return;
            }
            super.channelRead(connection, message);
        }

        private void begin(ChannelHandlerContext connection, Object message) {
            if (message instanceof ByteBuf bytes && isPlainHttp1(bytes)) {
                isRunning = true;
                begun = System.nanoTime();
            } else {
                connection.pipeline().remove(this);
            }
        }

        private static boolean isPlainHttp1(ByteBuf bytes) {
            int at = bytes.readerIndex();
            return bytes.isReadable()
                    && bytes.getByte(at) != TLS_HANDSHAKE
                    && (bytes.readableBytes() < 3 || bytes.getMedium(at) != PREFACE_OF_HTTP_2);
        }

        @Override
        public void write(ChannelHandlerContext connection, Object message, ChannelPromise promise) throws Exception {
            isRunning = false;
            super.write(connection, message, promise);
        }
    }
}
