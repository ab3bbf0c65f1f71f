package import Diagnostics

/// All providers a project can use: its own files before the built-in ones; each is read when it is first asked for.
package struct ProviderCatalog: Sendable {
    private var files: [String: SourceFile] = [:]
    private var read: [String: Provider?] = [:]

    /// - Parameter files: the project's `providers/*.json`; all of them are read, so that mistakes in one that nobody uses
    ///   are found too.
    package init(files: [SourceFile] = [], bag: inout DiagnosticBag) {
        for file in files { add(file, &bag) }
    }

    /// The ids of all, sorted.
    package var names: [String] { Set(files.keys).union(BuiltInProviders.names).sorted() }

    /// The ids of the project's own, sorted.
    package var projectNames: [String] { files.keys.sorted() }

    /// The file of a provider, to copy from.
    package func source(named id: String) -> SourceFile? { files[id] ?? BuiltInProviders.source(named: id) }

    /// The project's files that take the place of built-in providers; every report names them.
    package var replacements: [String] { files.keys.filter { BuiltInProviders.names.contains($0) }.sorted() }

    /// The provider with that id; an unknown one is reported at `span` with "did you mean". nil also where its own file has
    /// errors, which are in the bag then.
    package mutating func provider(_ id: String, at span: Span?, bag: inout DiagnosticBag) -> Provider? {
        if let known = read[id] { return known }
        guard let file = BuiltInProviders.source(named: id) else {
            bag.error(
                "unknown-provider", "there is no provider '\(id)'", at: span,
                help: nearest(to: id, among: names).map { "did you mean '\($0)'?" }
                    ?? "known are: \(names.joined(separator: ", "))")
            return nil
        }
        let provider = ProviderReader.read(file: file, origin: .builtIn, bag: &bag)
        read[id] = .some(provider)
        return provider
    }

    private mutating func add(_ file: SourceFile, _ bag: inout DiagnosticBag) {
        let provider = ProviderReader.read(file: file, bag: &bag)
        guard let (id, span) = ProviderReader.id(of: file) else { return }
        if let other = files[id] {
            bag.error("repeated-provider", "the provider '\(id)' is also defined in \(other.path)", at: span)
            return
        }
        files[id] = file
        read[id] = .some(provider)
        checkReplacement(id, provider, span, &bag)
    }

    private func checkReplacement(_ id: String, _ provider: Provider?, _ span: Span, _ bag: inout DiagnosticBag) {
        guard let provider else { return }
        let isBuiltIn = BuiltInProviders.names.contains(id)
        if isBuiltIn, !provider.replacesBuiltIn {
            bag.error(
                "hides-builtin", "'\(id)' is a built-in provider", at: span,
                help: "give this one another id, or say that it is meant: \"replaces\": \"builtin\"")
        }
        if !isBuiltIn, provider.replacesBuiltIn {
            bag.error(
                "replaces-nothing", "there is no built-in provider '\(id)' to replace", at: span,
                help: nearest(to: id, among: BuiltInProviders.names).map { "did you mean '\($0)'?" })
        }
    }
}
