/* A strict JSON scanner (RFC 8259: grammar, UTF-8, escapes, depth) that finds the values at a few fixed paths in the same
   pass. It keeps nothing: what it hands back are spans of the text. */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include <stddef.h>

enum { JSON_MAX_STEPS = 8, JSON_MAX_PATHS = 4 };

/* One step of a path: a member name, or, where name is NULL, an index. */
struct json_step {
    const char *name;
    size_t length;
    long index;
};

/* A path and, once scanned, the value it found (start NULL: nothing). */
struct json_path {
    struct json_step steps[JSON_MAX_STEPS];
    int count;
    const char *start;
    size_t length;
};

/* Reads "data.items[0].id" into a path; its text must outlive the path. 0 = understood. */
int json_path_parse(struct json_path *path, const char *text);

/* Scans a whole document. 0 = well-formed, and the paths have been filled. */
int json_scan(const char *text, size_t length, struct json_path *paths, int count);

#endif
