import Diagnostics
import Providers

/// A sentence of a vendor's page as `usher explain ZV-01` shows it.
enum PromiseText {
    static func text(_ promise: Promise, of provider: Provider) -> String {
        "\(promise.id): \(promise.says)\n\n" + Paragraph.entry("Source", promise.source)
            + Paragraph.entry("Provider", place(provider)) + Paragraph.entry("Level", level(promise.level))
            + Paragraph.entry("Tested", test(promise)) + WordText.list(in: promise.says)
    }

    private static func place(_ provider: Provider) -> String {
        switch provider.origin {
        case .builtIn: "\(provider.id), built in"
        case .file(let file): "\(provider.id), \(file.path)"
        }
    }

    private static func level(_ level: Promise.Level) -> String {
        switch level {
        case .documented: "documented: the page says it outright; broken, it fails the build"
        case .implied: "implied: the page takes it for granted; broken, it fails the build"
        case .ambiguous: "ambiguous: the page can be read in two ways; what comes is shown and never fails the build"
        }
    }

    private static func test(_ promise: Promise) -> String {
        switch promise.subject {
        case .answer(.token): "on the answer to a token request"
        case .answer(.refresh): "on the answer to a renewal"
        case .answer(.collection): "by each request of a collection that says \"covers\": [\"\(promise.id)\"]"
        case .probe(let probe): "with the broken credential \(probe.rawValue), sent with an API request that works"
        }
    }
}
