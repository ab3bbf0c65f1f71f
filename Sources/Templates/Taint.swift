package import Secrets

/// Marks a value that is a secret or was computed from one: which secrets, and where it may go.
package struct Taint: Sendable, Hashable {
    package var labels: [String]
    /// nil: not bound to hosts.
    package var hosts: HostList?

    package init(labels: [String], hosts: HostList? = nil) {
        self.labels = labels
        self.hosts = hosts
    }

    /// The secret may go only where both may go.
    package func joined(_ other: Taint) -> Taint {
        var hosts = self.hosts ?? other.hosts
        if let mine = self.hosts, let theirs = other.hosts { hosts = mine.intersection(theirs) }
        return Taint(labels: labels + other.labels.filter { !labels.contains($0) }, hosts: hosts)
    }

    package static func join(_ a: Taint?, _ b: Taint?) -> Taint? {
        guard let a, let b else { return a ?? b }
        return a.joined(b)
    }

    package var label: String { labels.joined(separator: "+") }
}
