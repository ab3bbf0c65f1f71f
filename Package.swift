// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors where USHER_WARNINGS=errors is set (.ci/run does): always, and the package could not be built with
/// a newer compiler.
let strictness: [SwiftSetting] =
    Context.environment["USHER_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : []

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + strictness

/// A module of ours: its folder is `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests in `Tests/<name>Tests`; their fixtures are read from the source tree, not bundled.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: ["TestSupport"] + dependencies,
        exclude: fixtures ? ["Fixtures"] : [],
        swiftSettings: settings
    )
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

/// Where `make release` finds a static libstdc++: loading the shared one costs more than a millisecond at each start.
let releaseLinking: [LinkerSetting] = Context.environment["USHER_STATIC_LIBS"].map { [.unsafeFlags(["-L\($0)"])] } ?? []

/// Benchmarks of single parts, there only where they are asked for (`make bench-micro`).
let benchmarks: [Target] =
    Context.environment["USHER_BENCH"] == nil
    ? []
    : [
        .executableTarget(
            name: "usher-microbench",
            dependencies: ["Diagnostics", "HTTP", "JSON", "Reports", "Results", "Secrets", "Templates"],
            path: "Benchmarks/micro", swiftSettings: settings
        )
    ]

/// Everything up to the templates.
let core: [Target.Dependency] = ["Diagnostics", "JSON", "HTTP", "Secrets", "Templates"]

let package = Package(
    name: "usher",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "usher", targets: ["usher"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CResources", exclude: ["glossary", "providers", "rules"]),
        module("Diagnostics"),
        module("JSON", ["Diagnostics"]),
        module("HTTP"),
        module("CurlTransport", ["HTTP", "CCurl"]),
        module("Secrets", ["Diagnostics", "JSON", "HTTP"]),
        module("Templates", ["Diagnostics", "JSON", "Secrets"]),
        module("Expectations", core),
        module("Providers", core + ["Expectations", "CResources"]),
        module(
            "Tokens",
            core + ["Expectations", "Providers", crypto, .product(name: "_CryptoExtras", package: "swift-crypto")]),
        module("Workspace", core + ["Expectations", "Providers"]),
        module("Results", ["Diagnostics", "HTTP", "Expectations"]),
        module("Contract", core + ["Expectations", "Providers", "Tokens", "Workspace", "Results", "CResources"]),
        module("Runner", core + ["Expectations", "Providers", "Tokens", "Workspace", "Results", "Contract"]),
        module("Reports", ["Diagnostics", "JSON", "HTTP", "Secrets", "Expectations", "Results"]),
        module(
            "Sandbox",
            [
                "JSON", "HTTP", crypto,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ]
        ),
        .executableTarget(
            name: "usher",
            dependencies: core + [
                "CurlTransport", "Expectations", "Providers", "Tokens", "Workspace", "Results", "Contract", "Runner",
                "Reports", "Sandbox",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings,
            linkerSettings: releaseLinking
        ),
        .target(
            name: "TestSupport", dependencies: ["Diagnostics", "JSON", "HTTP"], path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "exit-probe", dependencies: ["HTTP", "CurlTransport"], path: "Tests/ExitProbe",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "cache-probe", dependencies: core + ["Expectations", "Providers", "Tokens", "CurlTransport"],
            path: "Tests/CacheProbe", swiftSettings: settings
        ),
        tests("TestSupport", []),
        tests("Diagnostics", ["Diagnostics"]),
        tests("JSON", ["Diagnostics", "JSON"], fixtures: true),
        tests("HTTP", ["HTTP"]),
        tests("CurlTransport", ["HTTP", "CurlTransport", "CCurl", "exit-probe"]),
        tests("Secrets", core),
        tests("Templates", core),
        tests("Expectations", core + ["Expectations"]),
        tests("Providers", core + ["Expectations", "Providers"]),
        tests("Tokens", core + ["Expectations", "Providers", "Tokens", "cache-probe"], fixtures: true),
        tests("Contract", core + ["Expectations", "Providers", "Tokens", "Workspace", "Results", "Contract"]),
        tests("Runner", core + ["Expectations", "Providers", "Tokens", "Workspace", "Results", "Contract", "Runner"]),
        tests("Reports", core + ["Expectations", "Results", "Reports"], fixtures: true),
        tests("Sandbox", ["JSON", "HTTP", "Sandbox", crypto], fixtures: true),
        tests(
            "Command",
            core + [
                "Expectations", "Providers", "Tokens", "Workspace", "Results", "Contract", "Runner", "CurlTransport",
                "Sandbox", "usher",
            ],
            fixtures: true),
        tests("House", []),
    ] + benchmarks
)

// `make fuzz` builds what its test needs and nothing else: all tests in a release build take ten minutes and more.
if Context.environment["USHER_FUZZ"] != nil {
    let needed = ["Diagnostics", "JSON", "HTTP", "Secrets", "Templates", "TestSupport", "SecretsTests"]
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}
