import HTTP
import Secrets
import Tokens

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Person {
    /// Whoever sits at the terminal that standard error is; nobody in CI.
    ///
    /// Standard output says nothing about it: scripts take the token there.
    static func here(_ output: OutputSeam) -> Person {
        if ProcessVariables.isSet("CI") {
            return .absent(reason: "nobody is asked where CI is set; use a grant that needs no browser")
        }
        guard isatty(STDERR_FILENO) == 1 else {
            return .absent(
                reason: "standard error is no terminal, so nobody can be asked; sign in with 'usher token' in a "
                    + "terminal first, or use a grant that needs no browser")
        }
        return .atDesk(
            PersonDesk(
                // Off the transfer loop, on which the flow runs: a program is looked for and started.
                open: { url in await Task.detached { Browser.open(url, output.redactor) }.value },
                show: { show($0, output) },
                listen: { (port) throws(PersonDesk.ListenError) in try LoopbackListener(port: port) }))
    }

    /// Where a run shows how far it is, that line is wiped off first.
    private static func show(_ message: String, _ output: OutputSeam) {
        output.printError((output.isTerminal ? "\r\u{1B}[K" : "") + message + "\n")
    }
}

/// The browser of the desktop, where there is one.
enum Browser {
    static func open(_ url: HTTPURL, _ redactor: Redactor) {
        // A program that needs no secret gets none: variables may hold those of environment files.
        let variables = ProcessVariables.all.filter { !redactor.finds(in: Array($0.value.utf8)) }
        guard let program = program(variables) else { return }
        SpawnedProgram.letGo(ProgramCall([program, url.text], variables: variables, timeout: .zero))
    }

    /// nil where nothing could be seen: over SSH, on a server.
    private static func program(_ variables: [String: String]) -> String? {
        #if canImport(Darwin)
            return variables["SSH_CONNECTION"] == nil ? "open" : nil
        #else
            return ["DISPLAY", "WAYLAND_DISPLAY"].contains { variables[$0]?.isEmpty == false } ? "xdg-open" : nil
        #endif
    }
}
