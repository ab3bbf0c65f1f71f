import JSON
import Secrets
import Templates

/// `token.X` and `captured.X` for templates.
enum TokenLayer {
    static func of(_ token: StoredToken, refresh: Secret? = nil, hosts: HostList) -> Scope.Layer {
        var layer: Scope.Layer = [
            "token.value": TemplateValue(token.info.value, hosts: hosts),
            "token.type": TemplateValue(.string(token.info.type)),
        ]
        if let refresh = refresh ?? token.refresh?.value {
            layer["token.refresh"] = TemplateValue(refresh, hosts: hosts)
        }
        for (name, value) in token.captured {
            layer["captured.\(name)"] =
                value.isSecret
                ? TemplateValue(value.secret, hosts: hosts) : TemplateValue(.string(value.secret.reveal()))
        }
        return layer
    }
}
