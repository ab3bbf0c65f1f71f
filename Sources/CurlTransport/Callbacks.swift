import CCurl

// Called by libcurl on the loop's thread, from within `curl_multi_perform` and `curl_multi_remove_handle`. They have no
// isolation and capture nothing (Swift would check isolation at run time and trap), and on any surprise they return a
// count that ends the transfer.

private func easyHandle(_ context: UnsafeMutableRawPointer?) -> EasyHandle? {
    // Not retained: the pool keeps the object until its easy handle is destroyed.
    context.map { Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_HEADERFUNCTION: one line at a time.
func headerFunction(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, total > 0, let handle = easyHandle(context) else { return 0 }
    return handle.takeHeader(UnsafeRawBufferPointer(start: bytes, count: total)) ? total : 0
}

/// CURLOPT_WRITEFUNCTION: a piece of the body.
func writeFunction(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, total > 0, let handle = easyHandle(context) else { return 0 }
    return handle.takeBody(UnsafeRawBufferPointer(start: bytes, count: total)) ? total : 0
}
