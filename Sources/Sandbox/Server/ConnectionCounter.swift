import NIOCore

/// Tells the log of each connection that opens and closes.
///
/// NIO calls a handler on its channel's event loop only; the state needs no lock.
final class ConnectionCounter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let log: RequestLog
    private var isOpen = false

    init(_ log: RequestLog) { self.log = log }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { open() }
    }

    func channelActive(context: ChannelHandlerContext) {
        open()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isOpen { log.connectionClosed() }
        isOpen = false
        context.fireChannelInactive()
    }

    private func open() {
        guard !isOpen else { return }
        isOpen = true
        log.connectionOpened()
    }
}
