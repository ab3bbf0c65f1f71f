/// What the readers say of one-line files; each file is the source line that its diagnostic shows.
enum ReaderGoldens {
    static let expectations = [
        #"""
        error: unknown member 'stauts' in an expectation
         --> test.json:1:2
          |
        1 | {"stauts": 200}
          |  ^^^^^^^^
           = help: did you mean 'status'?
        """#,
        #"""
        error: 'cookies' is not supported yet
         --> test.json:1:2
          |
        1 | {"cookies": {"sid": {}}}
          |  ^^^^^^^^^
           = help: this version of usher refuses it rather than ignore it; remove the member
        """#,
        #"""
        error: "201" is not a status
         --> test.json:1:12
          |
        1 | {"status": "201"}
          |            ^^^^^
           = help: write 201 without quotes
        """#,
        #"""
        error: 99 is not a status
         --> test.json:1:12
          |
        1 | {"status": 99}
          |            ^^
           = help: a status is a number from 100 to 999, a class such as "2xx", a list of these or { "not": … }
        """#,
        #"""
        error: "6xx" is not a status
         --> test.json:1:18
          |
        1 | {"status": [200, "6xx"]}
          |                  ^^^^^
           = help: a status is a number from 100 to 999, a class such as "2xx", a list of these or { "not": … }
        """#,
        #"""
        error: the list of statuses is empty
         --> test.json:1:12
          |
        1 | {"status": []}
          |            ^^
        """#,
        #"""
        error: an expectation is written as an object
         --> test.json:1:1
          |
        1 | []
          | ^^ this is a list
        """#,
        #"""
        error: unknown member 'nto' in a status-set
         --> test.json:1:13
          |
        1 | {"status": {"nto": 200}}
          |             ^^^^^
           = help: did you mean 'not'?
        """#,
        #"""
        error: 'status' must be a whole number, a text in double quotes or a list of whole numbers or texts or an object
         --> test.json:1:12
          |
        1 | {"status": true}
          |            ^^^^ this is a boolean
        """#,
        #"""
        error: this '[' is not closed
         --> test.json:1:19
          |
        1 | {"json": {"$.items[": 1}}
          |                   ^
           = help: add a selector and ']'
        """#,
        #"""
        error: expected '.', '[' or the end of the path, found ' '
         --> test.json:1:15
          |
        1 | {"json": {"$.a\u0020\"b": 1}}
          |               ^^^^^^
        """#,
        #"""
        error: a placeholder cannot stand here
         --> test.json:1:14
          |
        1 | {"json": {"$.{{name}}": 1}}
          |              ^^^^^^^^
           = help: it is inserted as a literal, a text in quotes: write $[{{name}}]
        """#,
        #"""
        error: expected the end of the placeholder
         --> test.json:1:19
          |
        1 | {"json": {"$[{{na me}}]": 1}}
          |                   ^^
        """#,
        #"""
        error: the placeholder is not closed
         --> test.json:1:14
          |
        1 | {"json": {"$[{{name": 1}}
          |              ^^
           = help: add }}; a literal {{ is written {{'{{'}}
        """#,
        #"""
        error: unknown member 'abov' in a predicate
         --> test.json:1:19
          |
        1 | {"json": {"$.a": {"abov": 1}}}
          |                   ^^^^^^
           = help: did you mean 'above'?
        """#,
        #"""
        error: unknown member 'id' in a predicate
         --> test.json:1:19
          |
        1 | {"json": {"$.a": {"id": 5}}}
          |                   ^^^^
           = help: did you mean 'in'?
        """#,
        #"""
        error: an empty predicate asks for nothing
         --> test.json:1:18
          |
        1 | {"json": {"$.a": {}}}
          |                  ^^
           = help: to ask only that there is a value write { "exists": true }, to compare with an empty object { "equals": {} }
        """#,
        #"""
        error: 'like' is not supported yet
         --> test.json:1:19
          |
        1 | {"json": {"$.a": {"like": {"id": 5}}}}
          |                   ^^^^^^
           = help: this version of usher refuses it rather than ignore it; remove the member
        """#,
        #"""
        error: 'type' must be "integer", "number", "string", "boolean", "null", "array", "object", "uuid", "date-time", "uri" or "email"
         --> test.json:1:27
          |
        1 | {"json": {"$.a": {"type": "int"}}}
          |                           ^^^^^ allowed: integer, number, string, boolean, null, array, object, uuid, date-time, uri, email
        """#,
        #"""
        error: 'above' must be a number, a duration such as "2s" or a date-time such as "2026-11-25T08:30:00Z"
         --> test.json:1:28
          |
        1 | {"json": {"$.a": {"above": "soon"}}}
          |                            ^^^^^^ this is "soon"
        """#,
        #"""
        error: 'above' must be a number or a text in double quotes
         --> test.json:1:28
          |
        1 | {"json": {"$.a": {"above": true}}}
          |                            ^^^^ this is a boolean
        """#,
        #"""
        error: 'in' must be a list of any values or a text in double quotes
         --> test.json:1:25
          |
        1 | {"json": {"$.a": {"in": 5}}}
          |                         ^ this is a number
        """#,
        #"""
        error: 'in' must be a list
         --> test.json:1:25
          |
        1 | {"json": {"$.a": {"in": "x"}}}
          |                         ^^^ this is "x"
        """#,
        #"""
        error: 'anyOf' needs at least one predicate
         --> test.json:1:28
          |
        1 | {"json": {"$.a": {"anyOf": []}}}
          |                            ^^
        """#,
        #"""
        error: this group is not closed
         --> test.json:1:32
          |
        1 | {"json": {"$.a": {"matches": "a(b"}}}
          |                                ^
           = help: add ')', or write \( for the character itself
        """#,
        #"""
        error: look-ahead and look-behind are not supported
         --> test.json:1:36
          |
        1 | {"json": {"$.a": {"matches": "a\\db(?=x)"}}}
          |                                    ^^^
           = help: match the neighbouring text too and put the wanted part in a group
        """#,
        #"""
        error: 'ignoreCase' must be a text in double quotes
         --> test.json:1:33
          |
        1 | {"json": {"$.a": {"ignoreCase": true}}}
          |                                 ^^^^ this is a boolean
        """#,
        #"""
        error: unknown member 'abvoe' in a predicate
         --> test.json:1:36
          |
        1 | {"json": {"$.a": {"not": {"each": {"abvoe": 1}}}}}
          |                                    ^^^^^^^
           = help: did you mean 'above'?
        """#,
        #"""
        error: the member '$.a' stands here twice
         --> test.json:1:21
          |
        1 | {"json": {"$.a": 1, "$.a": 2}}
          |                     ^^^^^
        """#,
        #"""
        error: the member 'above' stands here twice
         --> test.json:1:31
          |
        1 | {"json": {"$.a": {"above": 1, "above": 2}}}
          |                               ^^^^^^^
        """#,
        #"""
        error: Set-Cookie cannot be looked at as a header
         --> test.json:1:14
          |
        1 | {"headers": {"Set-Cookie": "a"}}
          |              ^^^^^^^^^^^^
           = help: test it through 'cookies', which a later version supports
        """#,
        #"""
        error: 'X Y' is not a header name
         --> test.json:1:14
          |
        1 | {"headers": {"X Y": "a"}}
          |              ^^^^^
           = help: letters, digits and a few marks such as '-', no blanks (RFC 9110 §5.1)
        """#,
        #"""
        error: the member 'X-A' stands here twice
         --> test.json:1:26
          |
        1 | {"headers": {"x-a": "a", "X-A": "b"}}
          |                          ^^^^^
        """#,
        #"""
        error: "application/json; charset=utf-8" is not a media type
         --> test.json:1:44
          |
        1 | {"headers": {"Content-Type": {"mediaType": "application/json; charset=utf-8"}}}
          |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = help: write type and subtype without parameters: "application/json"
        """#,
        #"""
        error: unknown member 'mediaType' in a predicate
         --> test.json:1:11
          |
        1 | {"text": {"mediaType": "a/b"}}
          |           ^^^^^^^^^^^
           = help: a predicate has: above, allOf, anyOf, atLeast, atMost, below, contains, count, each, endsWith, equals, exists, ignoreCase, in, length, like, matches, not, sameItems, schema, some, startsWith, type
        """#,
        #"""
        error: 'below' must be a number, a duration such as "2s" or a date-time such as "2026-11-25T08:30:00Z"
         --> test.json:1:29
          |
        1 | {"body": {"size": {"below": "x"}, "md5": "a"}}
          |                             ^^^ this is "x"
        error: unknown member 'md5' in a body-expectation
         --> test.json:1:35
          |
        1 | {"body": {"size": {"below": "x"}, "md5": "a"}}
          |                                   ^^^^^
           = help: a body-expectation has: sha256, size
        """#,
        #"""
        error: 'duration' must be an object
         --> test.json:1:14
          |
        1 | {"duration": "2s"}
          |              ^^^^ this is a text
        """#,
        #"""
        error: 'below' must be a duration such as "250ms", "10s", "5m" or "1h"
         --> test.json:1:24
          |
        1 | {"duration": {"below": 2000}}
          |                        ^^^^ this is a number
        """#,
        #"""
        error: an empty predicate asks for nothing
         --> test.json:1:14
          |
        1 | {"duration": {}}
          |              ^^
           = help: write { "below": "2s" }
        """#,
        #"""
        error: 'below' must be a duration such as "250ms", "10s", "5m" or "1h"
         --> test.json:1:24
          |
        1 | {"duration": {"below": "2 s"}}
          |                        ^^^^^ this is "2 s"
        """#,
        #"""
        error: 'Bearer' must be an object whose values are null, booleans, numbers, texts, lists or predicates
         --> test.json:1:26
          |
        1 | {"challenge": {"Bearer": "x"}}
          |                          ^^^ this is a text
        """#,
    ]

    static let captures = [
        #"""
        error: the capture 'it' has no source
         --> test.json:1:1
          |
        1 | {}
          | ^^
           = help: write exactly one of json, header, regex, status, text, url
        """#,
        #"""
        error: a capture is written as an object
         --> test.json:1:1
          |
        1 | 5
          | ^ this is a number
        """#,
        #"""
        error: the capture 'it' has two sources, 'json' and 'header'
         --> test.json:1:17
          |
        1 | {"json": "$.a", "header": "X"}
          |                 ^^^^^^^^
           = help: write exactly one of json, header, regex, status, text, url
        """#,
        #"""
        error: $..a may select several values
         --> test.json:1:10
          |
        1 | {"json": "$..a"}
          |          ^^^^^^
           = help: a capture takes one value: use names and indexes only, such as $.items[0].id
        """#,
        #"""
        error: this '[' is not closed
         --> test.json:1:14
          |
        1 | {"json": "$.a["}
          |              ^
           = help: add a selector and ']'
        """#,
        #"""
        error: the regular expression has no group
         --> test.json:1:11
          |
        1 | {"regex": "abc"}
          |           ^^^^^
           = help: put what is to be captured in parentheses: id=([0-9]+)
        """#,
        #"""
        error: this group is not closed
         --> test.json:1:13
          |
        1 | {"regex": "a(b"}
          |             ^
           = help: add ')', or write \( for the character itself
        """#,
        #"""
        error: 'status' must be true
         --> test.json:1:12
          |
        1 | {"status": false}
          |            ^^^^^ this is a boolean
        """#,
        #"""
        error: 'cookie' is not supported yet
         --> test.json:1:2
          |
        1 | {"cookie": "sid"}
          |  ^^^^^^^^
           = help: this version of usher refuses it rather than ignore it; remove the member
        """#,
        #"""
        error: Set-Cookie cannot be looked at as a header
         --> test.json:1:12
          |
        1 | {"header": "set-cookie"}
          |            ^^^^^^^^^^^^
           = help: test it through 'cookie', which a later version supports
        """#,
        #"""
        error: 'a b' is not a header name
         --> test.json:1:12
          |
        1 | {"header": "a b"}
          |            ^^^^^
           = help: letters, digits and a few marks such as '-', no blanks (RFC 9110 §5.1)
        """#,
        #"""
        error: unknown member 'jsn' in a capture
         --> test.json:1:2
          |
        1 | {"jsn": "$.a"}
          |  ^^^^^
           = help: did you mean 'json'?
        """#,
        #"""
        error: 'secret' must be true or false
         --> test.json:1:27
          |
        1 | {"json": "$.a", "secret": "yes"}
          |                           ^^^^^ this is a text
        """#,
        #"""
        error: 'json' must be a text in double quotes
         --> test.json:1:10
          |
        1 | {"json": 5}
          |          ^ this is a number
        """#,
    ]
}
