package import JSON
import Providers

/// The JSON Schemas in `schemas/`, made from the tables that drive the readers; a test keeps the files the same.
package enum PublishedSchemas {
    /// File name below `schemas/` → schema.
    package static var all: [(name: String, schema: JSONValue)] {
        [
            ("collection", "A collection of requests", CollectionTables.collection, CollectionTables.all),
            ("environment", "An environment", EnvironmentTables.environment, EnvironmentTables.all),
            ("provider", "A provider", ProviderTables.root, ProviderTables.all),
            ("usher", "Settings of a project (usher.json)", ProjectSettings.table, ProjectSettings.all),
        ].map { name, title, root, tables in
            let file = "\(name).schema.json"
            let writer = SchemaWriter(tables: tables)
            return (file, writer.schema(root: root, id: "urn:usher:\(file)", title: title))
        }
    }
}
