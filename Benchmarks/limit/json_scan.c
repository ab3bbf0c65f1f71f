#include "json_scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 128 };

struct scanner {
    const unsigned char *at, *end;
    struct json_path *paths;
    int count;
    int matched[JSON_MAX_PATHS]; /* steps of each path that the open containers stand for */
};

int json_path_parse(struct json_path *path, const char *text) {
    memset(path, 0, sizeof *path);
    while (*text) {
        if (path->count == JSON_MAX_STEPS) return -1;
        struct json_step *step = &path->steps[path->count++];
        if (*text == '[') {
            char *after;
            step->index = strtol(text + 1, &after, 10);
            if (*after != ']') return -1;
            text = after + 1;
        } else {
            step->name = text;
            step->length = strcspn(text, ".[");
            text += step->length;
        }
        if (*text == '.') text++;
    }
    return 0;
}

static void skip_space(struct scanner *s) {
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r')) s->at++;
}

/* The length of the UTF-8 sequence at p (RFC 3629 §4), 0 where it is not one. */
static int utf8_length(const unsigned char *p, const unsigned char *end) {
    int n = p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
    if (n == 0 || end - p < n) return 0;
    for (int i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f)) return 0;
    if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f)) return 0;
    return n;
}

static int scan_escape(struct scanner *s) {
    if (s->end - s->at < 2) return -1;
    unsigned char c = s->at[1];
    if (c != 'u') {
        s->at += 2;
        return c && strchr("\"\\/bfnrt", c) ? 0 : -1;
    }
    if (s->end - s->at < 6) return -1;
    for (int i = 2; i < 6; i++)
        if (!strchr("0123456789abcdefABCDEF", s->at[i]) || !s->at[i]) return -1;
    s->at += 6;
    return 0;
}

/* Whether any of eight bytes is below 0x20, a quote, a backslash or not ASCII. */
static int has_special(uint64_t w) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
    return (((quote - ones) | (slash - ones) | (w - ones * 0x20) | w) & high) != 0;
}

/* From the opening quote to behind the closing one. */
static int scan_string(struct scanner *s) {
    s->at++;
    for (;;) {
        uint64_t word;
        while (s->end - s->at >= 8 && (memcpy(&word, s->at, 8), !has_special(word))) s->at += 8;
        if (s->at >= s->end || *s->at < 0x20) return -1;
        if (*s->at == '"') {
            s->at++;
            return 0;
        }
        if (*s->at == '\\') {
            if (scan_escape(s)) return -1;
        } else if (*s->at < 0x80) {
            s->at++;
        } else {
            int n = utf8_length(s->at, s->end);
            if (n == 0) return -1;
            s->at += n;
        }
    }
}

static int scan_digits(struct scanner *s) {
    const unsigned char *from = s->at;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') s->at++;
    return s->at == from ? -1 : 0;
}

static int scan_number(struct scanner *s) {
    if (*s->at == '-') s->at++;
    if (s->at < s->end && *s->at == '0') s->at++;
    else if (scan_digits(s)) return -1;
    if (s->at < s->end && *s->at == '.') {
        s->at++;
        if (scan_digits(s)) return -1;
    }
    if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
        s->at++;
        if (s->at < s->end && (*s->at == '+' || *s->at == '-')) s->at++;
        if (scan_digits(s)) return -1;
    }
    return 0;
}

static int scan_word(struct scanner *s, const char *word) {
    size_t n = strlen(word);
    if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n)) return -1;
    s->at += n;
    return 0;
}

/* Enters a member or element: the paths that go through it are one step further. */
static void enter(struct scanner *s, int depth, const unsigned char *name, size_t length, long index) {
    for (int i = 0; i < s->count; i++) {
        const struct json_path *path = &s->paths[i];
        if (s->matched[i] != depth || depth >= path->count) continue;
        const struct json_step *step = &path->steps[depth];
        int same = name ? step->name && step->length == length && !memcmp(step->name, name, length)
                        : !step->name && step->index == index;
        if (same) s->matched[i] = depth + 1;
    }
}

static void leave(struct scanner *s, int depth) {
    for (int i = 0; i < s->count; i++)
        if (s->matched[i] > depth) s->matched[i] = depth;
}

static int scan_value(struct scanner *s, int depth);

static int scan_container(struct scanner *s, int depth, char close) {
    s->at++;
    skip_space(s);
    if (s->at < s->end && *s->at == close) return s->at++, 0;
    for (long index = 0;; index++) {
        const unsigned char *name = NULL;
        size_t length = 0;
        if (close == '}') {
            if (s->at >= s->end || *s->at != '"') return -1;
            name = s->at + 1;
            if (scan_string(s)) return -1;
            length = (size_t)(s->at - name) - 1;
            skip_space(s);
            if (s->at >= s->end || *s->at++ != ':') return -1;
        }
        enter(s, depth, name, length, index);
        if (scan_value(s, depth + 1)) return -1;
        leave(s, depth);
        if (s->at >= s->end) return -1;
        if (*s->at == close) return s->at++, 0;
        if (*s->at++ != ',') return -1;
        skip_space(s);
    }
}

/* A value with the white space around it. */
static int scan_value(struct scanner *s, int depth) {
    skip_space(s);
    if (s->at >= s->end || depth > MAX_DEPTH) return -1;
    const unsigned char *from = s->at;
    int failed;
    switch (*from) {
    case '{': failed = scan_container(s, depth, '}'); break;
    case '[': failed = scan_container(s, depth, ']'); break;
    case '"': failed = scan_string(s); break;
    case 't': failed = scan_word(s, "true"); break;
    case 'f': failed = scan_word(s, "false"); break;
    case 'n': failed = scan_word(s, "null"); break;
    default: failed = *from == '-' || (*from >= '0' && *from <= '9') ? scan_number(s) : -1;
    }
    if (failed) return -1;
    for (int i = 0; i < s->count; i++) {
        if (s->matched[i] != depth || s->paths[i].count != depth) continue;
        s->paths[i].start = (const char *)from;
        s->paths[i].length = (size_t)(s->at - from);
    }
    skip_space(s);
    return 0;
}

int json_scan(const char *text, size_t length, struct json_path *paths, int count) {
    struct scanner s = {(const unsigned char *)text, (const unsigned char *)text + length, paths, count, {0}};
    for (int i = 0; i < count; i++) paths[i].start = NULL;
    return scan_value(&s, 0) || s.at != s.end ? -1 : 0;
}
