package import Diagnostics

/// All providers a project can use: its own files before the built-in ones; each is read when it is first asked for.
package struct ProviderCatalog: Sendable {
    private var files: [String: SourceFile] = [:]
    private var read: [String: Provider?] = [:]
    /// Being read, for `extends` in a circle.
    private var open: [String] = []

    /// - Parameter files: the project's `providers/*.json`; all of them are read, so that mistakes in one that nobody uses
    ///   are found too.
    package init(files: [SourceFile] = [], bag: inout DiagnosticBag) {
        var nameless: [SourceFile] = []
        for file in files {
            guard let (id, span) = ProviderReader.id(of: file) else {
                nameless.append(file)
                continue
            }
            if let other = self.files[id] {
                bag.error("repeated-provider", "the provider '\(id)' is also defined in \(other.path)", at: span)
                nameless.append(file)
            } else {
                self.files[id] = file
            }
        }
        for file in nameless { _ = provider(in: file, origin: .file(file), bag: &bag) }
        for file in files {
            guard let (id, span) = ProviderReader.id(of: file), self.files[id] === file else { continue }
            checkReplacement(id, provider(id, at: nil, bag: &bag), span, &bag)
        }
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
        guard let file = source(named: id) else {
            bag.error(
                "unknown-provider", "there is no provider '\(id)'", at: span,
                help: nearest(to: id, among: names).map { "did you mean '\($0)'?" }
                    ?? "known are: \(names.joined(separator: ", "))")
            return nil
        }
        open.append(id)
        let origin: Provider.Origin = files[id] == nil ? .builtIn : .file(file)
        let provider = provider(in: file, origin: origin, bag: &bag)
        open.removeLast()
        read[id] = .some(provider)
        return provider
    }

    /// Reads the file over the provider that it extends; nil where that one has errors, which are enough then.
    private mutating func provider(
        in file: SourceFile, origin: Provider.Origin, bag: inout DiagnosticBag
    ) -> Provider? {
        guard let (id, span) = ProviderReader.base(of: file) else {
            return ProviderReader.read(file: file, origin: origin, bag: &bag)
        }
        // A file that takes the place of a built-in provider may extend that one.
        if open.last == id, files[id] === file, BuiltInProviders.names.contains(id) {
            guard let base = builtIn(id, &bag) else { return nil }
            return ProviderReader.read(file: file, origin: origin, base: base, bag: &bag)
        }
        if let start = open.firstIndex(of: id) {
            let circle = (open[start...] + [id]).joined(separator: " → ")
            bag.error("extends-itself", "'extends' leads back to '\(id)': \(circle)", at: span)
            return nil
        }
        guard let base = provider(id, at: span, bag: &bag) else { return nil }
        return ProviderReader.read(file: file, origin: origin, base: base, bag: &bag)
    }

    private func builtIn(_ id: String, _ bag: inout DiagnosticBag) -> Provider? {
        BuiltInProviders.source(named: id).flatMap { ProviderReader.read(file: $0, origin: .builtIn, bag: &bag) }
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
