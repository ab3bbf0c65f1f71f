/* The limit: what libcurl can do at best for the work that the benchmarks ask for. Handles and connections are kept, the
   body is kept (or only counted), status, Content-Type and two JSON values are checked, a JUnit line is written per request. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_scan.h"

struct options {
    const char *url, *cacert, *junit, *token_url;
    long count, parallel;
    int status_only;
    const char *path[2], *value[2];
};

struct lane {
    CURL *easy;
    char *body;
    size_t length, capacity;
    int status_only;
};

struct run {
    struct options options;
    struct json_path paths[2];
    struct curl_slist *headers;
    FILE *report;
    long started, failed;
};

static void die(const char *what) {
    fprintf(stderr, "limit: %s\n", what);
    exit(2);
}

static int reserve(struct lane *lane, size_t needed) {
    if (needed <= lane->capacity) return 0;
    curl_off_t announced = 0;
    curl_easy_getinfo(lane->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    size_t capacity = lane->capacity ? lane->capacity * 2 : 4096;
    if (announced > 0 && (size_t)announced >= needed) capacity = (size_t)announced;
    while (capacity < needed) capacity *= 2;
    char *grown = realloc(lane->body, capacity);
    if (!grown) return -1;
    lane->body = grown;
    lane->capacity = capacity;
    return 0;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    struct lane *lane = context;
    size_t n = size * count;
    if (!lane->status_only) {
        if (reserve(lane, lane->length + n)) return 0;
        memcpy(lane->body + lane->length, bytes, n);
    }
    lane->length += n;
    return n;
}

static void set_up(struct run *run, struct lane *lane) {
    lane->easy = curl_easy_init();
    lane->status_only = run->options.status_only;
    curl_easy_setopt(lane->easy, CURLOPT_URL, run->options.url);
    curl_easy_setopt(lane->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(lane->easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(lane->easy, CURLOPT_WRITEDATA, lane);
    curl_easy_setopt(lane->easy, CURLOPT_PRIVATE, lane);
    curl_easy_setopt(lane->easy, CURLOPT_TIMEOUT_MS, 30000L);
    curl_easy_setopt(lane->easy, CURLOPT_HTTPHEADER, run->headers);
    curl_easy_setopt(lane->easy, CURLOPT_CAPATH, NULL);
    if (run->options.cacert) curl_easy_setopt(lane->easy, CURLOPT_CAINFO, run->options.cacert);
}

/* The four checks; NULL = all hold. */
static const char *check(struct run *run, struct lane *lane, CURLcode result) {
    long status = 0;
    char *type = NULL;
    if (result != CURLE_OK) return curl_easy_strerror(result);
    curl_easy_getinfo(lane->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return "status";
    if (lane->status_only) return NULL;
    curl_easy_getinfo(lane->easy, CURLINFO_CONTENT_TYPE, &type);
    if (!type || strncmp(type, "application/json", 16)) return "Content-Type";
    if (json_scan(lane->body, lane->length, run->paths, 2)) return "not JSON";
    for (int i = 0; i < 2; i++) {
        size_t n = strlen(run->options.value[i]);
        const struct json_path *path = &run->paths[i];
        if (!path->start || path->length != n || memcmp(path->start, run->options.value[i], n)) return "JSON value";
    }
    return NULL;
}

static void finish(struct run *run, struct lane *lane, CURLcode result) {
    curl_off_t micros = 0;
    const char *problem = check(run, lane, result);
    curl_easy_getinfo(lane->easy, CURLINFO_TOTAL_TIME_T, &micros);
    lane->length = 0;
    if (problem) {
        run->failed++;
        fprintf(stderr, "limit: request failed: %s\n", problem);
    }
    if (run->report)
        fprintf(run->report, "    <testcase name=\"r%ld\" classname=\"bench\" time=\"%.6f\"%s\n", run->started,
                (double)micros / 1e6, problem ? "><failure/></testcase>" : "/>");
}

static void run_parallel(struct run *run) {
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, run->options.parallel);
    struct lane *lanes = calloc((size_t)run->options.parallel, sizeof *lanes);
    if (!multi || !lanes) die("out of memory");
    long active = 0;
    while (active < run->options.parallel && run->started < run->options.count) {
        set_up(run, &lanes[active]);
        curl_multi_add_handle(multi, lanes[active++].easy);
        run->started++;
    }
    while (active > 0) {
        int running = 0, left = 0;
        CURLMsg *message;
        curl_multi_perform(multi, &running);
        while ((message = curl_multi_info_read(multi, &left))) {
            CURL *easy = message->easy_handle;
            CURLcode result = message->data.result;
            struct lane *lane = NULL;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &lane);
            finish(run, lane, result);
            curl_multi_remove_handle(multi, easy);
            if (run->started < run->options.count) {
                run->started++;
                curl_multi_add_handle(multi, easy);
                running++;
            } else {
                active--;
            }
        }
        if (active > 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    for (long i = 0; i < run->options.parallel && lanes[i].easy; i++) {
        curl_easy_cleanup(lanes[i].easy);
        free(lanes[i].body);
    }
    curl_multi_cleanup(multi);
    free(lanes);
}

static void run_sequential(struct run *run) {
    struct lane lane = {0};
    set_up(run, &lane);
    while (run->started < run->options.count) {
        run->started++;
        finish(run, &lane, curl_easy_perform(lane.easy));
    }
    curl_easy_cleanup(lane.easy);
    free(lane.body);
}

/* Asks for a token by a form POST and turns it into the Authorization header of the calls. */
static void get_token(struct run *run) {
    struct lane lane = {0};
    struct json_path path;
    char header[512];
    json_path_parse(&path, "access_token");
    set_up(run, &lane);
    curl_easy_setopt(lane.easy, CURLOPT_URL, run->options.token_url);
    curl_easy_setopt(lane.easy, CURLOPT_POSTFIELDS, "grant_type=password&username=bench&password=bench-password");
    if (curl_easy_perform(lane.easy) != CURLE_OK) die("no token");
    if (json_scan(lane.body, lane.length, &path, 1) || !path.start || path.length < 2) die("no token in the answer");
    snprintf(header, sizeof header, "Authorization: Bearer %.*s", (int)path.length - 2, path.start + 1);
    run->headers = curl_slist_append(run->headers, header);
    curl_easy_cleanup(lane.easy);
    free(lane.body);
}

static void parse(struct options *o, int argc, char **argv) {
    int paths = 0;
    o->count = o->parallel = 1;
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        if (!strcmp(name, "--status-only")) {
            o->status_only = 1;
            continue;
        }
        if (i + 1 >= argc) die("a value is missing");
        const char *value = argv[++i];
        if (!strcmp(name, "--url")) o->url = value;
        else if (!strcmp(name, "--count")) o->count = atol(value);
        else if (!strcmp(name, "--parallel")) o->parallel = atol(value);
        else if (!strcmp(name, "--cacert")) o->cacert = value;
        else if (!strcmp(name, "--junit")) o->junit = value;
        else if (!strcmp(name, "--token-url")) o->token_url = value;
        else if (!strcmp(name, "--path") && paths < 2) o->path[paths] = value;
        else if (!strcmp(name, "--value") && paths < 2) o->value[paths++] = value;
        else die("usage: limit --url URL [--count N] [--parallel K] [--cacert FILE] [--junit FILE] [--token-url URL]"
                 " (--status-only | --path P --value V --path P --value V)");
    }
    if (!o->url || o->count < 1 || o->parallel < 1) die("--url, a count and a parallelism of at least 1 are needed");
    if (!o->status_only && paths != 2) die("two pairs of --path and --value, or --status-only");
}

int main(int argc, char **argv) {
    struct run run = {0};
    parse(&run.options, argc, argv);
    for (int i = 0; i < 2 && !run.options.status_only; i++)
        if (json_path_parse(&run.paths[i], run.options.path[i])) die("a path that is not understood");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (run.options.junit && !(run.report = fopen(run.options.junit, "w"))) die("the report cannot be written");
    if (run.report) fputs("<?xml version=\"1.0\"?>\n<testsuites>\n  <testsuite name=\"bench\">\n", run.report);
    if (run.options.token_url) get_token(&run);
    if (run.options.parallel == 1) run_sequential(&run);
    else run_parallel(&run);
    if (run.report) fputs("  </testsuite>\n</testsuites>\n", run.report);
    if (run.report && fclose(run.report)) die("the report cannot be written");
    curl_slist_free_all(run.headers);
    curl_global_cleanup();
    return run.failed ? 1 : 0;
}
