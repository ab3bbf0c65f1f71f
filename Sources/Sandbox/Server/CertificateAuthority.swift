import Crypto
import SwiftASN1
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A CA and one server certificate, made in memory at start and gone with the process.
struct CertificateAuthority: Sendable {
    /// PEM texts.
    let caCertificate: String
    let serverCertificate: String
    let serverKey: String

    /// - Parameters:
    ///   - hosts: DNS names beside `localhost` and 127.0.0.1.
    ///   - now: real time, not the sandbox's: the client's TLS library compares with its own clock.
    init(hosts: [String], now: Date = Date()) throws {
        let validity = (now.addingTimeInterval(-3_600), now.addingTimeInterval(25 * 3_600))
        let caKey = P256.Signing.PrivateKey()
        // A name of its own, so that two sandboxes' authorities are told apart by more than their keys.
        let caName = try DistinguishedName { CommonName("Usher sandbox CA \(UInt32.random(in: .min ... .max))") }
        let ca = try Self.certificate(
            caKey.publicKey, subject: caName, issuer: caName, signedBy: caKey, validity,
            Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            })
        let key = P256.Signing.PrivateKey()
        let leaf = try Self.certificate(
            key.publicKey, subject: DistinguishedName { CommonName("Usher sandbox") }, issuer: caName, signedBy: caKey,
            validity, try Self.leafExtensions(hosts))
        caCertificate = try ca.serializeAsPEM().pemString
        serverCertificate = try leaf.serializeAsPEM().pemString
        serverKey = key.pemRepresentation
    }

    private static func leafExtensions(_ hosts: [String]) throws -> Certificate.Extensions {
        let names = (hosts + ["localhost"]).map { GeneralName.dnsName($0) }
        let address = GeneralName.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))
        return try Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage([.serverAuth])
            SubjectAlternativeNames(names + [address])
        }
    }

    private static func certificate(
        _ key: P256.Signing.PublicKey, subject: DistinguishedName, issuer: DistinguishedName,
        signedBy issuerKey: P256.Signing.PrivateKey, _ validity: (from: Date, to: Date),
        _ extensions: Certificate.Extensions
    ) throws -> Certificate {
        try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key),
            notValidBefore: validity.from, notValidAfter: validity.to, issuer: issuer, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(issuerKey))
    }
}
