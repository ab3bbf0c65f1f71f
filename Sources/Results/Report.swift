/// A consumer of run events: the console, a JUnit file.
package protocol Report: AnyObject {
    /// - Throws: what keeps the report from being written; the run goes on without it and fails at the end.
    func receive(_ event: RunEvent) throws
    /// Completes the report and puts it in its place; called once, also after an interrupt.
    func close() throws
}
