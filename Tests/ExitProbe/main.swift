// What can only be tried in a process of its own.
//
// exit-probe exit URL CA-FILE COUNT MICROSECONDS: begins COUNT transfers and calls exit(0) while they are under way.
// exit-probe fetch URL [SANDBOX-PORT]: sends one GET and prints the status, or the kind of error.

import CurlTransport
import HTTP

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

let arguments = CommandLine.arguments
guard arguments.count >= 3, let url = try? HTTPURL(parsing: arguments[2]) else {
    print("usage: exit-probe exit URL CA-FILE COUNT MICROSECONDS | fetch URL [SANDBOX-PORT]")
    exit(2)
}

var options = TransportOptions()
switch arguments[1] {
case "exit":
    options.trust = .file(arguments[3])
    let transport = try CurlTransport(options)
    for _ in 0..<(Int(arguments[4]) ?? 1) {
        // The main thread is about to sleep.
        Task.detached { _ = try? await transport.send(HTTPRequest(.get, url), pool: PoolKey(identity: "probe")) }
    }
    usleep(useconds_t(arguments[5]) ?? 0)
    exit(0)
default:
    if let port = arguments.dropFirst(3).first.flatMap({ Int($0) }) {
        options.sandbox = SandboxRoute(tlsPort: port, plainPort: port, hosts: [url.host])
    }
    let transport = try CurlTransport(options)
    do {
        print(try await transport.send(HTTPRequest(.get, url), pool: PoolKey(identity: "probe")).status)
    } catch {
        print(error.kind)
    }
    await transport.shutdown()
}
