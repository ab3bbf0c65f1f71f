import JSON
import Testing

@Suite("Member tables as JSON Schema")
struct MembersSchemaTests {
    @Test("A small table")
    func small() {
        let line = MemberTable(
            "line", help: "One line.", others: .integer,
            [
                MemberSpec("sku", .text, required: true, "The article."),
                MemberSpec("wait", .duration), MemberSpec("kind", .word(["a", "b"])),
                MemberSpec("odd", .either([.literal(false), .null, .list(.any)])),
                MemberSpec("later", .text, required: true, availability: .later),
            ])
        let order = MemberTable(
            "order",
            [
                MemberSpec("lines", .list(.object("line"))), MemberSpec("open", .boolean),
                MemberSpec("map", .map(.number)),
            ])
        let schema = SchemaWriter(tables: [order, line]).schema(root: order, id: "urn:order", title: "Order")
        #expect(schema.text(.pretty) == Self.expected)
    }

    @Test("The duration pattern takes what the parser takes")
    func durations() throws {
        for text in ["1s", "250ms", "1.5h", "0m"] { #expect(DurationText.parse(text) != nil) }
        for text in ["1.s", ".5s", "1.5.5s", "s", "1", "-1s", "1 s", "1e3s", "1S", "+1s", "100001h"] {
            #expect(DurationText.parse(text) == nil)
        }
        #expect(Self.expected.contains(#"^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$|\\{\\{"#))
    }

    private static let everywhere = #"""
              "$schema": {
                "type": "string",
                "description": "The JSON Schema of this file, for editors."
              },
              "$comment": {
                "description": "Anything; ignored."
              },
              "description": {
                "type": "string",
                "description": "Text for people; shown in reports."
              },
        """#

    private static let expected = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:order",
          "title": "Order",
          "$ref": "#/$defs/order",
          "$defs": {
            "line": {
              "type": "object",
              "description": "One line.",
              "properties": {
        \#(everywhere.indented)
                "sku": {
                  "type": "string",
                  "description": "The article."
                },
                "wait": {
                  "type": "string",
                  "pattern": "^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$|\\{\\{"
                },
                "kind": {
                  "enum": [
                    "a",
                    "b"
                  ]
                },
                "odd": {
                  "anyOf": [
                    {
                      "const": false
                    },
                    {
                      "type": "null"
                    },
                    {
                      "type": "array",
                      "items": {}
                    }
                  ]
                }
              },
              "required": [
                "sku"
              ],
              "additionalProperties": {
                "anyOf": [
                  {
                    "type": "integer"
                  },
                  {
                    "type": "string",
                    "pattern": "\\{\\{"
                  }
                ]
              }
            },
            "order": {
              "type": "object",
              "properties": {
        \#(everywhere.indented)
                "lines": {
                  "type": "array",
                  "items": {
                    "$ref": "#/$defs/line"
                  }
                },
                "open": {
                  "anyOf": [
                    {
                      "type": "boolean"
                    },
                    {
                      "type": "string",
                      "pattern": "\\{\\{"
                    }
                  ]
                },
                "map": {
                  "type": "object",
                  "additionalProperties": {
                    "anyOf": [
                      {
                        "type": "number"
                      },
                      {
                        "type": "string",
                        "pattern": "\\{\\{"
                      }
                    ]
                  }
                }
              },
              "additionalProperties": false
            }
          }
        }
        """#
}

extension String {
    fileprivate var indented: String {
        split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }
}
