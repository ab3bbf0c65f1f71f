import Diagnostics
import JSON

extension TokenResponseRules {
    /// Reads what stands there over what is inherited.
    init(_ node: JSONNode?, base: TokenResponseRules, _ context: inout ReadingContext) {
        self = base
        guard let node, let reader = MemberReader(node, TokenTables.response, &context) else { return }
        if let node = reader["success"] { success = SuccessRules(node, &context) }
        format = reader.word("format") ?? format
        token = reader.locators("token", &context) ?? token
        if let node = reader["type"] { type = TokenTypeRules(node, &context) }
        if let node = reader["expiry"] { expiry = ExpiryRules(node, &context) ?? expiry }
        readLifetime(reader, &context)
        jwtExpiry = reader.word("jwtExp") ?? jwtExpiry
        refreshToken = reader.locators("refreshToken", &context) ?? refreshToken
        if let node = reader["refreshExpiry"] { refreshExpiry = ExpiryRules(node, &context) }
        if let node = reader["scope"] { scope = GrantedScopeRules(node, &context) }
        if let node = reader["capture"] { readCaptures(node, &context) }
        if let node = reader["error"] { readError(node, &context) }
        checkPaths(in: node, &context)
        if format == .xml, base.format != .xml, reader.node["token"] == nil {
            context.missing("token", in: reader, help: "\"token\": \"xpath:/Envelope/Body/…\"")
        }
    }

    /// Only XML has elements.
    private func checkPaths(in node: JSONNode, _ context: inout ReadingContext) {
        guard format != .xml else { return }
        for element in node.elements { checkPaths(in: element, &context) }
        for member in node.members { checkPaths(in: member.value, &context) }
        guard let text = node.string, text.hasPrefix("xpath:") else { return }
        context.error(
            "no-xml", "'\(text)' leads into XML, but the format is \"\(format.rawValue)\"", at: node,
            help: "add \"format\": \"xml\"")
    }

    /// What a step's answer gives.
    init(step node: JSONNode?, _ context: inout ReadingContext) {
        self.init()
        guard let node, let reader = MemberReader(node, TokenTables.stepResponse, &context) else { return }
        if let node = reader["success"] { success = SuccessRules(node, &context) }
        format = reader.word("format") ?? format
        if let node = reader["capture"] { readCaptures(node, &context) }
        if let node = reader["error"] { readError(node, &context) }
        checkPaths(in: node, &context)
    }

    private mutating func readLifetime(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let text = reader.text("defaultLifetime") else { return }
        defaultLifetime = text == "none" ? nil : reader.duration("defaultLifetime", &context)
        if let lifetime = defaultLifetime, lifetime <= .zero, let node = reader["defaultLifetime"] {
            context.wrongKind("defaultLifetime", node, wanted: "above zero, or \"none\"")
            defaultLifetime = nil
        }
    }

    private mutating func readCaptures(_ node: JSONNode, _ context: inout ReadingContext) {
        capture = []
        for member in node.members where ProviderNames.isName(member, &context) {
            if let value = TokenCapture(member, &context) { capture.append(value) }
        }
    }

    private mutating func readError(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.error, &context) else { return }
        errorCode = reader.locators("code", &context) ?? errorCode
        errorDescription = reader.locators("description", &context) ?? errorDescription
    }
}

extension MemberReader {
    fileprivate func locators(_ name: String, _ context: inout ReadingContext) -> Locators? {
        self[name].flatMap { Locators($0, &context) }
    }
}

extension TokenCapture {
    fileprivate init?(_ member: JSONMember, _ context: inout ReadingContext) {
        guard member.value.kind == .object else {
            guard let at = Locators(member.value, &context) else { return nil }
            self.init(name: member.name, at: at, isSecret: true)
            return
        }
        guard let reader = MemberReader(member.value, TokenTables.captured, &context),
            let at = reader.locators("at", &context)
        else { return nil }
        self.init(name: member.name, at: at, isSecret: reader.flag("secret", &context) ?? true)
    }
}

extension SuccessRules {
    fileprivate init(_ node: JSONNode, _ context: inout ReadingContext) {
        guard node.kind == .object else {
            self.init(
                statuses: Self.statuses(node, &context), condition: nil, span: Span(context.file, node.range))
            return
        }
        let reader = MemberReader(node, TokenTables.success, &context)
        self.init(
            statuses: reader?["status"].map { Self.statuses($0, &context) } ?? [200, 201],
            condition: reader?["when"].flatMap { Condition($0, &context) }, span: Span(context.file, node.range))
    }

    private static func statuses(_ node: JSONNode, _ context: inout ReadingContext) -> [Int] {
        var result: [Int] = []
        for node in node.kind == .array ? Array(node.elements) : [node] {
            if let status = node.number?.int, (100...599).contains(status) {
                result.append(status)
            } else {
                context.wrongKind("success", node, wanted: "a status from 100 to 599")
            }
        }
        return result
    }
}

extension SuccessRules.Condition {
    fileprivate init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.condition, &context),
            let at = reader["at"].flatMap({ Locators($0, &context) })
        else { return nil }
        switch (reader["equals"], reader["exists"]) {
        case (let value?, nil): self.init(at: at, test: .equals(value.value))
        case (nil, _?): self.init(at: at, test: .exists(reader.flag("exists", &context) ?? true))
        case (nil, nil), (_?, _?):
            context.error("one-test", "a condition has either 'equals' or 'exists'", at: node)
            return nil
        }
    }
}

extension TokenTypeRules {
    fileprivate init(_ node: JSONNode, _ context: inout ReadingContext) {
        self.init()
        guard node.kind == .object else {
            at = Locators(node, &context) ?? at
            return
        }
        guard let reader = MemberReader(node, TokenTables.type, &context) else { return }
        at = reader.locators("at", &context) ?? at
        defaultType = reader.text("default") ?? defaultType
        guard let text = reader.text("send") else { return }
        send = text == "echo" ? .echo : .fixed(text)
    }
}

extension ExpiryRules {
    fileprivate init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard node.kind == .object else {
            guard let at = Locators(node, &context) else { return nil }
            self.init(at: at)
            return
        }
        guard let reader = MemberReader(node, TokenTables.expiry, &context), let at = reader.locators("at", &context)
        else { return nil }
        let usual: Kind = reader["format"] == nil && reader["pattern"] == nil ? .duration : .instant
        self.init(
            at: at, kind: reader.word("kind") ?? usual, unit: reader.word("unit") ?? .s,
            format: reader.word("format") ?? .epoch, pattern: reader.text("pattern"),
            zeroMeans: reader.word("zeroMeans") ?? .unknown)
        if kind == .instant, let node = reader.nameNode("unit") {
            context.error("unit-of-instant", "an instant has a 'format', not a 'unit'", at: node)
        }
        for name in ["format", "pattern"] where kind == .duration {
            guard let node = reader.nameNode(name) else { continue }
            context.error("format-of-duration", "a duration has a 'unit', not a '\(name)'", at: node)
        }
        if kind == .instant, reader["format"] == nil, let node = reader["pattern"] {
            ExpiryPattern.check(node, &context)
        }
        if reader["format"] != nil, let node = reader.nameNode("pattern") {
            context.error(
                "two-formats", "'pattern' takes the place of 'format'", at: node, help: "remove one of the two")
        }
    }
}

extension GrantedScopeRules {
    fileprivate init(_ node: JSONNode, _ context: inout ReadingContext) {
        self.init()
        guard node.kind == .object else {
            at = Locators(node, &context) ?? at
            return
        }
        guard let reader = MemberReader(node, TokenTables.grantedScope, &context) else { return }
        at = reader.locators("at", &context) ?? at
        separator = reader.text("separator").flatMap { $0 == "auto" || $0.isEmpty ? nil : $0 }
    }
}
