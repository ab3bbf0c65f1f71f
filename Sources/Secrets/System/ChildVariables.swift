/// The environment variables that a program gets which yields a secret: those that say where it runs and for whom, and
/// those that its binding names. Other secrets of this process stand in its environment too.
enum ChildVariables {
    private static let usual: Set<String> = [
        "HOME", "PATH", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TERM", "TZ", "TMPDIR", "DISPLAY",
        "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "GNUPGHOME", "GPG_TTY", "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ]
    private static let families = ["LC_", "XDG_"]

    static func of(_ variables: [String: String], naming names: [String] = []) -> [String: String] {
        variables.filter { name, _ in
            usual.contains(name) || families.contains { name.hasPrefix($0) } || names.contains(name)
        }
    }
}
