/// A credential of the sandbox. Public on purpose: it opens nothing outside the process that serves it.
package struct DemoCredential: Sendable, Hashable {
    /// The name of the identity in `environments/sandbox.json`.
    package let identity: String
    package let vendor: Vendor
    /// Client id, integrator id or user name.
    package let name: String
    package let secret: String
    package let tenant: String
    /// What it may be given at most: OAuth scopes, SCALAR features, role permissions.
    let grants: Set<String>
    let role: String?
    /// Known, but let in nowhere.
    package let isBlocked: Bool

    init(
        _ identity: String, _ vendor: Vendor, _ name: String, _ secret: String, tenant: String, _ grants: Set<String>,
        role: String? = nil, isBlocked: Bool = false
    ) {
        self.identity = identity
        self.vendor = vendor
        self.name = name
        self.secret = secret
        self.tenant = tenant
        self.grants = grants
        self.role = role
        self.isBlocked = isBlocked
    }

    /// The vendor's credential of that name.
    static func find(_ name: String, _ vendor: Vendor) -> DemoCredential? {
        all.first { $0.vendor == vendor && $0.name == name }
    }

    /// Of a client that has no secret, for one on a phone could not keep it (RFC 6749 §2.1).
    package var isPublic: Bool { secret.isEmpty }

    /// The credential as the caller of a valid token.
    func principal(_ grants: Set<String>? = nil) -> Principal {
        Principal(client: name, tenant: tenant, grants: grants ?? self.grants, role: role)
    }
}

extension DemoCredential {
    /// `acme` and `globex` are the two tenants; Zara 4's test credentials see a third set of objects.
    package static let all: [DemoCredential] = zara4 + zarv + scalar + clazar + clarify + oidc

    private static let zara4 = [
        DemoCredential(
            "zara4", .zara4, "demo-zara4-client-acme", "demo-zara4-secret-acme-not-real", tenant: "acme",
            ["image-processing", "usage"]),
        DemoCredential(
            "zara4-readonly", .zara4, "demo-zara4-client-reader", "demo-zara4-secret-reader-not-real", tenant: "acme",
            ["usage"]),
        DemoCredential(
            "zara4-test", .zara4, "demo-zara4-test-client-acme", "demo-zara4-test-secret-acme-not-real",
            tenant: "acme-test", ["image-processing", "usage"], role: "test"),
        DemoCredential(
            "zara4-other", .zara4, "demo-zara4-client-globex", "demo-zara4-secret-globex-not-real", tenant: "globex",
            ["image-processing", "usage"]),
    ]

    private static let zarv = [
        DemoCredential(
            "zarv", .zarv, "admin@acme.test", "demo-zarv-password-acme-admin", tenant: "acme",
            ["resource:read", "resource:write", "user:read"], role: "admin"),
        DemoCredential(
            "zarv-readonly", .zarv, "viewer@acme.test", "demo-zarv-password-acme-viewer", tenant: "acme",
            ["resource:read"], role: "viewer"),
        DemoCredential(
            "zarv-other", .zarv, "admin@globex.test", "demo-zarv-password-globex-admin", tenant: "globex",
            ["resource:read", "resource:write", "user:read"], role: "admin"),
        DemoCredential(
            "zarv-blocked", .zarv, "blocked@acme.test", "demo-zarv-password-acme-blocked", tenant: "acme", [],
            role: "viewer", isBlocked: true),
    ]

    private static let scalar = [
        DemoCredential(
            "scalar", .scalar, "5ca1ab1e-0000-4000-8000-00000000ac3e", "demo-scalar-secret-acme-not-real",
            tenant: "acme", ScalarFeatures.everything, role: "manager"),
        DemoCredential(
            "scalar-readonly", .scalar, "5ca1ab1e-0000-4000-8000-0000000004ea", "demo-scalar-secret-reader-not-real",
            tenant: "acme", ["assets.read", "positions.read", "users.read", "places.read"], role: "reader"),
        DemoCredential(
            "scalar-other", .scalar, "5ca1ab1e-0000-4000-8000-00000000610b", "demo-scalar-secret-globex-not-real",
            tenant: "globex", ScalarFeatures.withoutPlaces, role: "manager"),
    ]

    private static let clazar = [
        DemoCredential(
            "clazar", .clazar, "demo-clazar-client-acme", "demo-clazar-secret-acme-not-real", tenant: "acme",
            ["read", "write"]),
        DemoCredential(
            "clazar-readonly", .clazar, "demo-clazar-client-reader", "demo-clazar-secret-reader-not-real",
            tenant: "acme", ["read"]),
        DemoCredential(
            "clazar-other", .clazar, "demo-clazar-client-globex", "demo-clazar-secret-globex-not-real",
            tenant: "globex", ["read", "write"]),
    ]

    private static let clarify = [
        DemoCredential(
            "clarify", .clarify, "demo-clarify-client-acme", "demo-clarify-secret-acme-not-real", tenant: "acme",
            ["clarify:read", "integration:write", "admin:write"]),
        DemoCredential(
            "clarify-readonly", .clarify, "demo-clarify-client-reader", "demo-clarify-secret-reader-not-real",
            tenant: "acme", ["clarify:read"]),
        DemoCredential(
            "clarify-other", .clarify, "demo-clarify-client-globex", "demo-clarify-secret-globex-not-real",
            tenant: "globex", ["clarify:read", "integration:write", "admin:write"]),
    ]

    /// The role says which grants a client may use beside its own login.
    private static let oidc = [
        DemoCredential(
            "oidc", .oidc, "demo-oidc-client-acme", "demo-oidc-secret-acme-not-real", tenant: "acme",
            ["notes:read", "notes:write"]),
        DemoCredential(
            "oidc-readonly", .oidc, "demo-oidc-client-reader", "demo-oidc-secret-reader-not-real", tenant: "acme",
            ["notes:read"]),
        DemoCredential(
            "oidc-other", .oidc, "demo-oidc-client-globex", "demo-oidc-secret-globex-not-real", tenant: "globex",
            ["notes:read", "notes:write"]),
        DemoCredential(
            "oidc-desk", .oidc, "demo-oidc-client-desk", "demo-oidc-secret-desk-not-real", tenant: "acme",
            ["notes:read", "notes:write"], role: "desk"),
        // Logs in by its certificate alone.
        DemoCredential(
            "oidc-vault", .oidc, "demo-oidc-client-vault", "demo-oidc-secret-vault-opens-nothing", tenant: "acme",
            ["notes:read", "notes:write"],
            role: "certificate"),
        DemoCredential(
            "oidc-app", .oidc, "demo-oidc-client-app", "", tenant: "acme", ["notes:read"], role: "desk"),
        // Shows itself by assertions signed with `OIDCDemoKey`; nobody takes its secret.
        DemoCredential(
            "oidc-signer", .oidc, OIDCDemoKey.client, "demo-oidc-secret-signer-not-real", tenant: "acme",
            ["notes:read", "notes:write"], role: "signer"),
    ]
}
