import Reports
import Results
import Secrets
import TestSupport
import Testing

@Suite("JUnit report")
struct JUnitReportTests {
    @Test("The normal form is what CI systems read best")
    func normal() throws {
        #expect(
            try junit(SampleRun.events(notices: ["providers/zarv.json replaces the built-in zarv"])) == Self.normalText)
    }

    @Test("The strict form leaves out what its schemas do not know, and adds what they demand")
    func strict() throws {
        #expect(try junit(SampleRun.events(), .strict) == Self.strictText)
    }

    @Test("The strict form is valid for every schema", arguments: schemas)
    func validity(schema: String) async throws {
        try await xmllint(try junit(SampleRun.events(), .strict), schema: schema)
        try await xmllint(try junit(SampleRun.events(notices: ["one", "two"]), .strict), schema: schema)
        try await xmllint(try junit([], .strict), schema: schema)
    }

    @Test("A report without events is valid and has no suite")
    func nothing() async throws {
        let xml = try junit([])
        #expect(!xml.contains("<testsuite "))
        try await xmllint(xml)
    }

    @Test("A report that is closed in the middle of a collection has what was received")
    func interrupted() async throws {
        let xml = try junit([
            SampleRun.start(), .collectionStarted(SampleRun.collection), .requestFinished(SampleRun.passed()),
            .requestFinished(SampleRun.skipped),
        ])
        #expect(xml.contains(#"tests="2" failures="0" errors="0" skipped="1""#))
        try await xmllint(xml)
    }

    @Test("The file appears under its name when the report is closed, and nothing stays beside it")
    func appearance() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("junit.xml")
        try folder.write("junit.xml", "the report of before")
        let report = try JUnitReport(path: path, seam: OutputSeam(redactor: Redactor()))
        for event in SampleRun.events() { try report.receive(event) }
        #expect(try TemporaryFolder.read(path) == Array("the report of before".utf8))
        try report.close()
        #expect(String(decoding: try TemporaryFolder.read(path), as: UTF8.self).hasSuffix("</testsuites>\n"))
    }

    @Test("A place that cannot be written to is known before anything is sent")
    func unwritable() throws {
        #expect(throws: OutputError.self) {
            try JUnitReport(path: "/dev/null/junit.xml", seam: OutputSeam(redactor: Redactor()))
        }
    }

    @Test("The time of a suite is the sum of what stands below it, although each is rounded")
    func times() throws {
        let outcomes = (0..<10).map { _ in
            RequestOutcome(name: "a", span: SampleRun.span("200"), verdict: .passed, duration: .microseconds(1500))
        }
        let xml = try junit(
            [.collectionStarted(SampleRun.collection)] + outcomes.map { .requestFinished($0) }
                + [.collectionFinished(SampleRun.collection)])
        #expect(xml.contains(#"skipped="0" time="0.020" timestamp"#))
        #expect(xml.contains(#"name="a" time="0.002""#))
    }

    @Test("Durations that cannot be are written as numbers", arguments: [Duration.seconds(-5), .seconds(Int64.max)])
    func durations(duration: Duration) async throws {
        let outcome = RequestOutcome(name: "a", span: SampleRun.span("200"), verdict: .passed, duration: duration)
        let xml = try junit([.collectionStarted(SampleRun.collection), .requestFinished(outcome)], .strict)
        for schema in schemas { try await xmllint(xml, schema: schema) }
    }

    static let normalText = """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="usher" tests="6" failures="1" errors="2" skipped="1" time="10.296">
          <testsuite name="Zarv resources" tests="4" failures="1" errors="1" skipped="1" time="10.096" timestamp="2026-11-25T08:30:00" hostname="localhost">
            <properties>
              <property name="notice" value="providers/zarv.json replaces the built-in zarv"/>
            </properties>
            <testcase classname="collections.zarv" name="list resources" time="0.084" file="collections/zarv.json" line="3"/>
            <testcase classname="collections.zarv.orders v1_2" name="read one [NO]" time="0.012" file="collections/zarv.json" line="5">
              <failure message="status: expected 200, got 404 (+1 more)" type="expectation">collections/zarv.json:4:29: status: expected 200, got 404
        collections/zarv.json:4:66: $.items: expected at least 1 element, got nothing

        GET https://api.zarv.dev/v1/resource answered 404 (1.2 kB)
        {&quot;error&quot;: &quot;not found&quot;}

        curl https://api.zarv.dev/v1/resource</failure>
              <system-out>3 attempts</system-out>
            </testcase>
            <testcase classname="collections.zarv" name="slow one" time="10.000" file="collections/zarv.json" line="5">
              <error message="no answer from api.zarv.dev within 10 s" type="timeout">collections/zarv.json:5:38: no answer from api.zarv.dev within 10 s

        GET https://api.zarv.dev/v1/slow got no answer</error>
            </testcase>
            <testcase classname="collections.zarv" name="delete one" time="0.000" file="collections/zarv.json" line="5">
              <skipped message="&apos;read one&apos; did not pass"/>
            </testcase>
          </testsuite>
          <testsuite name="credentials" tests="2" failures="0" errors="1" skipped="0" time="0.200" timestamp="2026-11-25T08:30:00" hostname="localhost">
            <properties>
              <property name="notice" value="providers/zarv.json replaces the built-in zarv"/>
            </properties>
            <testcase classname="credentials" name="acme" time="0.120" file="environments/prod.json" line="2"/>
            <testcase classname="credentials" name="globex" time="0.080" file="environments/prod.json" line="2">
              <error message="the token service answered 401 (invalid_client)" type="token">the token service answered 401 (invalid_client)</error>
            </testcase>
          </testsuite>
        </testsuites>

        """

    static let strictText = """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="Zarv resources" package="collections.zarv" id="0" tests="4" failures="1" errors="1" skipped="1" time="10.096" timestamp="2026-11-25T08:30:00" hostname="localhost">
            <properties/>
            <testcase classname="collections.zarv" name="list resources" time="0.084"/>
            <testcase classname="collections.zarv.orders v1_2" name="read one [NO]" time="0.012">
              <failure message="status: expected 200, got 404 (+1 more)" type="expectation">collections/zarv.json:4:29: status: expected 200, got 404
        collections/zarv.json:4:66: $.items: expected at least 1 element, got nothing

        GET https://api.zarv.dev/v1/resource answered 404 (1.2 kB)
        {&quot;error&quot;: &quot;not found&quot;}

        curl https://api.zarv.dev/v1/resource</failure>
            </testcase>
            <testcase classname="collections.zarv" name="slow one" time="10.000">
              <error message="no answer from api.zarv.dev within 10 s" type="timeout">collections/zarv.json:5:38: no answer from api.zarv.dev within 10 s

        GET https://api.zarv.dev/v1/slow got no answer</error>
            </testcase>
            <testcase classname="collections.zarv" name="delete one" time="0.000">
              <skipped message="&apos;read one&apos; did not pass"/>
            </testcase>
            <system-out/>
            <system-err/>
          </testsuite>
          <testsuite name="credentials" package="credentials" id="1" tests="2" failures="0" errors="1" skipped="0" time="0.200" timestamp="2026-11-25T08:30:00" hostname="localhost">
            <properties/>
            <testcase classname="credentials" name="acme" time="0.120"/>
            <testcase classname="credentials" name="globex" time="0.080">
              <error message="the token service answered 401 (invalid_client)" type="token">the token service answered 401 (invalid_client)</error>
            </testcase>
            <system-out/>
            <system-err/>
          </testsuite>
        </testsuites>

        """
}
