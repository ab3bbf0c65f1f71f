// RTLD_DEFAULT is a GNU extension.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>

// MARK: Process

int32_t ccurl_global_init(void) {
    // Found by name, since libcurl may be built on another TLS library; 0x00080000 is OPENSSL_INIT_NO_ATEXIT.
    int (*init_crypto)(uint64_t, const void *) =
        (int (*)(uint64_t, const void *))dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
    if (init_crypto) init_crypto(0x00080000, NULL);
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

const char *ccurl_version(void) { return curl_version_info(CURLVERSION_NOW)->version; }
const char *ccurl_full_version(void) { return curl_version(); }

// MARK: Easy handles

ccurl_easy *ccurl_easy_create(void) { return (ccurl_easy *)curl_easy_init(); }
void ccurl_easy_destroy(ccurl_easy *easy) { curl_easy_cleanup((CURL *)easy); }

int32_t ccurl_easy_set_long(ccurl_easy *easy, int32_t option, long value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, value);
}

int32_t ccurl_easy_set_offset(ccurl_easy *easy, int32_t option, int64_t value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, (curl_off_t)value);
}

int32_t ccurl_easy_set_string(ccurl_easy *easy, int32_t option, const char *value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, value);
}

int32_t ccurl_easy_set_list(ccurl_easy *easy, int32_t option, ccurl_list *value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, (struct curl_slist *)value);
}

int32_t ccurl_easy_set_pointer(ccurl_easy *easy, int32_t option, void *value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, value);
}

int32_t ccurl_easy_set_blob(ccurl_easy *easy, int32_t option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, &blob);
}

int32_t ccurl_easy_set_function(ccurl_easy *easy, int32_t option, ccurl_write_function value) {
    return curl_easy_setopt((CURL *)easy, (CURLoption)option, value);
}

int32_t ccurl_easy_set_share(ccurl_easy *easy, ccurl_share *share) {
    return curl_easy_setopt((CURL *)easy, CURLOPT_SHARE, (CURLSH *)share);
}

int32_t ccurl_easy_get_long(ccurl_easy *easy, int32_t info, long *value) {
    return curl_easy_getinfo((CURL *)easy, (CURLINFO)info, value);
}

int32_t ccurl_easy_get_offset(ccurl_easy *easy, int32_t info, int64_t *value) {
    curl_off_t offset = 0;
    CURLcode code = curl_easy_getinfo((CURL *)easy, (CURLINFO)info, &offset);
    *value = offset;
    return code;
}

int32_t ccurl_easy_get_string(ccurl_easy *easy, int32_t info, const char **value) {
    return curl_easy_getinfo((CURL *)easy, (CURLINFO)info, value);
}

int32_t ccurl_easy_get_pointer(ccurl_easy *easy, int32_t info, void **value) {
    return curl_easy_getinfo((CURL *)easy, (CURLINFO)info, value);
}

const char *ccurl_easy_text(int32_t code) { return curl_easy_strerror((CURLcode)code); }

// MARK: Multi handles

ccurl_multi *ccurl_multi_create(void) { return (ccurl_multi *)curl_multi_init(); }
int32_t ccurl_multi_destroy(ccurl_multi *multi) { return curl_multi_cleanup((CURLM *)multi); }

int32_t ccurl_multi_set_long(ccurl_multi *multi, int32_t option, long value) {
    return curl_multi_setopt((CURLM *)multi, (CURLMoption)option, value);
}

int32_t ccurl_multi_add(ccurl_multi *multi, ccurl_easy *easy) {
    return curl_multi_add_handle((CURLM *)multi, (CURL *)easy);
}

int32_t ccurl_multi_remove(ccurl_multi *multi, ccurl_easy *easy) {
    return curl_multi_remove_handle((CURLM *)multi, (CURL *)easy);
}

int32_t ccurl_multi_perform(ccurl_multi *multi) {
    int running = 0;
    return curl_multi_perform((CURLM *)multi, &running);
}

int32_t ccurl_multi_wait(ccurl_multi *multi, int32_t milliseconds) {
    return curl_multi_poll((CURLM *)multi, NULL, 0, milliseconds, NULL);
}

int32_t ccurl_multi_wakeup(ccurl_multi *multi) { return curl_multi_wakeup((CURLM *)multi); }

ccurl_easy *ccurl_multi_next_ended(ccurl_multi *multi, int32_t *code) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read((CURLM *)multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return (ccurl_easy *)message->easy_handle;
    }
    return NULL;
}

const char *ccurl_multi_text(int32_t code) { return curl_multi_strerror((CURLMcode)code); }

// MARK: Shares and lists

ccurl_share *ccurl_share_create(void) { return (ccurl_share *)curl_share_init(); }
int32_t ccurl_share_destroy(ccurl_share *share) { return curl_share_cleanup((CURLSH *)share); }

int32_t ccurl_share_add(ccurl_share *share, int32_t data) {
    return curl_share_setopt((CURLSH *)share, CURLSHOPT_SHARE, data);
}

ccurl_list *ccurl_list_append(ccurl_list *list, const char *text) {
    return (ccurl_list *)curl_slist_append((struct curl_slist *)list, text);
}

void ccurl_list_destroy(ccurl_list *list) { curl_slist_free_all((struct curl_slist *)list); }

// MARK: The option list of the loaded library

bool ccurl_option_describe(int32_t option, const char **name, int32_t *type) {
    const struct curl_easyoption *found = curl_easy_option_by_id((CURLoption)option);
    if (!found) return false;
    *name = found->name;
    *type = found->type;
    return true;
}

const int32_t CCURL_TYPE_LONG = CURLOT_LONG;
const int32_t CCURL_TYPE_VALUES = CURLOT_VALUES;
const int32_t CCURL_TYPE_OFFSET = CURLOT_OFF_T;
const int32_t CCURL_TYPE_OBJECT = CURLOT_OBJECT;
const int32_t CCURL_TYPE_STRING = CURLOT_STRING;
const int32_t CCURL_TYPE_LIST = CURLOT_SLIST;
const int32_t CCURL_TYPE_CONTEXT = CURLOT_CBPTR;
const int32_t CCURL_TYPE_BLOB = CURLOT_BLOB;
const int32_t CCURL_TYPE_FUNCTION = CURLOT_FUNCTION;

// MARK: Constants

const int32_t CCURL_OPT_ACCEPT_ENCODING = CURLOPT_ACCEPT_ENCODING;
const int32_t CCURL_OPT_CAINFO = CURLOPT_CAINFO;
const int32_t CCURL_OPT_CAINFO_BLOB = CURLOPT_CAINFO_BLOB;
const int32_t CCURL_OPT_CAPATH = CURLOPT_CAPATH;
const int32_t CCURL_OPT_CONNECT_TO = CURLOPT_CONNECT_TO;
const int32_t CCURL_OPT_CONNECTTIMEOUT_MS = CURLOPT_CONNECTTIMEOUT_MS;
const int32_t CCURL_OPT_COPYPOSTFIELDS = CURLOPT_COPYPOSTFIELDS;
const int32_t CCURL_OPT_CUSTOMREQUEST = CURLOPT_CUSTOMREQUEST;
const int32_t CCURL_OPT_ERRORBUFFER = CURLOPT_ERRORBUFFER;
const int32_t CCURL_OPT_FOLLOWLOCATION = CURLOPT_FOLLOWLOCATION;
const int32_t CCURL_OPT_HEADERDATA = CURLOPT_HEADERDATA;
const int32_t CCURL_OPT_HEADERFUNCTION = CURLOPT_HEADERFUNCTION;
const int32_t CCURL_OPT_HTTP_VERSION = CURLOPT_HTTP_VERSION;
const int32_t CCURL_OPT_HTTPGET = CURLOPT_HTTPGET;
const int32_t CCURL_OPT_HTTPHEADER = CURLOPT_HTTPHEADER;
const int32_t CCURL_OPT_NETRC = CURLOPT_NETRC;
const int32_t CCURL_OPT_NOBODY = CURLOPT_NOBODY;
const int32_t CCURL_OPT_NOSIGNAL = CURLOPT_NOSIGNAL;
const int32_t CCURL_OPT_PATH_AS_IS = CURLOPT_PATH_AS_IS;
const int32_t CCURL_OPT_POST = CURLOPT_POST;
const int32_t CCURL_OPT_POSTFIELDSIZE_LARGE = CURLOPT_POSTFIELDSIZE_LARGE;
const int32_t CCURL_OPT_PRIVATE = CURLOPT_PRIVATE;
const int32_t CCURL_OPT_PROTOCOLS_STR = CURLOPT_PROTOCOLS_STR;
const int32_t CCURL_OPT_PROXY = CURLOPT_PROXY;
const int32_t CCURL_OPT_PROXY_CAPATH = CURLOPT_PROXY_CAPATH;
const int32_t CCURL_OPT_QUICK_EXIT = CURLOPT_QUICK_EXIT;
const int32_t CCURL_OPT_RESOLVE = CURLOPT_RESOLVE;
const int32_t CCURL_OPT_SSL_VERIFYHOST = CURLOPT_SSL_VERIFYHOST;
const int32_t CCURL_OPT_SSL_VERIFYPEER = CURLOPT_SSL_VERIFYPEER;
const int32_t CCURL_OPT_SSLCERT = CURLOPT_SSLCERT;
const int32_t CCURL_OPT_SSLCERT_BLOB = CURLOPT_SSLCERT_BLOB;
const int32_t CCURL_OPT_SSLKEY = CURLOPT_SSLKEY;
const int32_t CCURL_OPT_SSLKEY_BLOB = CURLOPT_SSLKEY_BLOB;
const int32_t CCURL_OPT_SSLVERSION = CURLOPT_SSLVERSION;
const int32_t CCURL_OPT_SUPPRESS_CONNECT_HEADERS = CURLOPT_SUPPRESS_CONNECT_HEADERS;
const int32_t CCURL_OPT_TIMEOUT_MS = CURLOPT_TIMEOUT_MS;
const int32_t CCURL_OPT_URL = CURLOPT_URL;
const int32_t CCURL_OPT_USERAGENT = CURLOPT_USERAGENT;
const int32_t CCURL_OPT_WRITEDATA = CURLOPT_WRITEDATA;
const int32_t CCURL_OPT_WRITEFUNCTION = CURLOPT_WRITEFUNCTION;

const int32_t CCURL_MULTI_OPT_MAXCONNECTS = CURLMOPT_MAXCONNECTS;
const int32_t CCURL_SHARE_CONNECTIONS = CURL_LOCK_DATA_CONNECT;
const int32_t CCURL_SHARE_TLS_SESSIONS = CURL_LOCK_DATA_SSL_SESSION;

const int32_t CCURL_INFO_APPCONNECT_TIME = CURLINFO_APPCONNECT_TIME_T;
const int32_t CCURL_INFO_CONNECT_TIME = CURLINFO_CONNECT_TIME_T;
const int32_t CCURL_INFO_HTTP_VERSION = CURLINFO_HTTP_VERSION;
const int32_t CCURL_INFO_NAMELOOKUP_TIME = CURLINFO_NAMELOOKUP_TIME_T;
const int32_t CCURL_INFO_NUM_CONNECTS = CURLINFO_NUM_CONNECTS;
const int32_t CCURL_INFO_OS_ERRNO = CURLINFO_OS_ERRNO;
const int32_t CCURL_INFO_PRIMARY_IP = CURLINFO_PRIMARY_IP;
const int32_t CCURL_INFO_PRIMARY_PORT = CURLINFO_PRIMARY_PORT;
const int32_t CCURL_INFO_PRIVATE = CURLINFO_PRIVATE;
const int32_t CCURL_INFO_RESPONSE_CODE = CURLINFO_RESPONSE_CODE;
const int32_t CCURL_INFO_STARTTRANSFER_TIME = CURLINFO_STARTTRANSFER_TIME_T;
const int32_t CCURL_INFO_TOTAL_TIME = CURLINFO_TOTAL_TIME_T;

const long CCURL_HTTP_1_0 = CURL_HTTP_VERSION_1_0;
const long CCURL_HTTP_1_1 = CURL_HTTP_VERSION_1_1;
const long CCURL_HTTP_2 = CURL_HTTP_VERSION_2_0;
const long CCURL_HTTP_2_OVER_TLS = CURL_HTTP_VERSION_2TLS;
const long CCURL_TLS_1_2 = CURL_SSLVERSION_TLSv1_2;
const long CCURL_TLS_1_3 = CURL_SSLVERSION_TLSv1_3;
const long CCURL_HTTP_3 = CURL_HTTP_VERSION_3;
const int32_t CCURL_ERROR_SIZE = CURL_ERROR_SIZE;

const int32_t CCURL_OK = CURLE_OK;
const int32_t CCURL_BAD_CONTENT_ENCODING = CURLE_BAD_CONTENT_ENCODING;
const int32_t CCURL_COULDNT_CONNECT = CURLE_COULDNT_CONNECT;
const int32_t CCURL_COULDNT_RESOLVE_HOST = CURLE_COULDNT_RESOLVE_HOST;
const int32_t CCURL_COULDNT_RESOLVE_PROXY = CURLE_COULDNT_RESOLVE_PROXY;
const int32_t CCURL_GOT_NOTHING = CURLE_GOT_NOTHING;
const int32_t CCURL_HTTP2 = CURLE_HTTP2;
const int32_t CCURL_HTTP2_STREAM = CURLE_HTTP2_STREAM;
const int32_t CCURL_OPERATION_TIMEDOUT = CURLE_OPERATION_TIMEDOUT;
const int32_t CCURL_OUT_OF_MEMORY = CURLE_OUT_OF_MEMORY;
const int32_t CCURL_PARTIAL_FILE = CURLE_PARTIAL_FILE;
const int32_t CCURL_PEER_FAILED_VERIFICATION = CURLE_PEER_FAILED_VERIFICATION;
const int32_t CCURL_PROXY = CURLE_PROXY;
const int32_t CCURL_RECV_ERROR = CURLE_RECV_ERROR;
const int32_t CCURL_SEND_ERROR = CURLE_SEND_ERROR;
const int32_t CCURL_SSL_CACERT_BADFILE = CURLE_SSL_CACERT_BADFILE;
const int32_t CCURL_SSL_CERTPROBLEM = CURLE_SSL_CERTPROBLEM;
const int32_t CCURL_SSL_CIPHER = CURLE_SSL_CIPHER;
const int32_t CCURL_SSL_CLIENTCERT = CURLE_SSL_CLIENTCERT;
const int32_t CCURL_SSL_CONNECT_ERROR = CURLE_SSL_CONNECT_ERROR;
const int32_t CCURL_SSL_INVALIDCERTSTATUS = CURLE_SSL_INVALIDCERTSTATUS;
const int32_t CCURL_SSL_ISSUER_ERROR = CURLE_SSL_ISSUER_ERROR;
const int32_t CCURL_UNSUPPORTED_PROTOCOL = CURLE_UNSUPPORTED_PROTOCOL;
const int32_t CCURL_URL_MALFORMAT = CURLE_URL_MALFORMAT;
const int32_t CCURL_WEIRD_SERVER_REPLY = CURLE_WEIRD_SERVER_REPLY;
const int32_t CCURL_WRITE_ERROR = CURLE_WRITE_ERROR;
