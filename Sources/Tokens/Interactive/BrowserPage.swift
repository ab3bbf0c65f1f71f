/// What the browser is shown in the end: a sentence, and nothing of what it brought.
enum BrowserPage {
    static func bytes(_ status: Int, _ sentence: String) -> [UInt8] {
        let body = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>usher</title>
            <style>body { font: 1.2em/1.5 system-ui, sans-serif; max-width: 34em; margin: 4em auto; padding: 0 1em }</style>
            <p>\(escaped(sentence))</p></html>

            """
        let head = [
            "HTTP/1.1 \(status) \(status == 200 ? "OK" : "Refused")", "Content-Type: text/html; charset=utf-8",
            "Content-Length: \(body.utf8.count)", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'", "Connection: close",
        ]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
