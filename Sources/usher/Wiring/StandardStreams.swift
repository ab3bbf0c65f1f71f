#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum StandardStreams {
    /// Fills standard streams that the caller closed: the next file or socket to be opened would take their numbers, and
    /// get what is printed. They can be read but not written, so that printing to them is an error.
    static func occupy() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            let descriptor = open("/dev/null", O_RDONLY)
            if descriptor >= 0, descriptor != number {
                dup2(descriptor, number)
                close(descriptor)
            }
        }
    }
}
