import ArgumentParser
import Secrets
import Tokens
import Workspace

/// The token store that the options of a command, usher.json and the environment ask for.
struct CacheWiring: Sendable {
    /// nil: of usher.json alone.
    let options: CacheOptions?
    let settings: ProjectSettings
    let isSandbox: Bool

    /// The sandbox is new with each command, so its tokens are good for nothing afterwards.
    func store(_ output: OutputSeam) -> any TokenStore {
        guard !isSandbox, options?.cache ?? settings.flag("cache") ?? !ProcessVariables.isSet("CI") else {
            return MemoryTokenStore()
        }
        let variables = ProcessVariables.all
        guard let folder = TokenCacheFolder.standard(variables) else { return MemoryTokenStore() }
        let isExplicit = options?.cache == true || variables["USHER_CACHE_DIR"] != nil
        return UserTokenStore(folder: folder, redactor: output.redactor, isExplicit: isExplicit) { sentence in
            output.printError("warning: \(sentence)\n")
        }
    }

    var isFresh: Bool { options?.freshToken ?? false || settings.flag("fresh-token") ?? false }

    /// For `validate()` of a command.
    static func check(_ options: CacheOptions, isSandbox: Bool) throws {
        if isSandbox, options.cache == true {
            throw ValidationError(
                "--sandbox keeps no tokens: its vendors are new with each command. Leave out --cache.")
        }
    }
}
