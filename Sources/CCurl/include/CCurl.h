// libcurl as typed calls. Swift cannot call variadic C, and what an imported CURLOPT_ constant looks like depends on the
// version of the header, so that header is included in CCurl.c only: handles are opaque types of ours and the constants
// we use are re-exported with fixed types. No logic here.

#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct ccurl_easy ccurl_easy;
typedef struct ccurl_multi ccurl_multi;
typedef struct ccurl_share ccurl_share;
typedef struct ccurl_list ccurl_list;

/// The signature of CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*ccurl_write_function)(char *_Nullable bytes, size_t size, size_t count, void *_Nullable context);

// MARK: Process

/// Initializes OpenSSL without its exit handler and then libcurl: that handler frees what a transfer still uses.
int32_t ccurl_global_init(void);
/// Such as "7.88.1".
const char *ccurl_version(void);
/// With the libraries it was built on, such as "libcurl/7.88.1 OpenSSL/3.0.19 …".
const char *ccurl_full_version(void);

// MARK: Easy handles

ccurl_easy *_Nullable ccurl_easy_create(void);
void ccurl_easy_destroy(ccurl_easy *easy);
int32_t ccurl_easy_set_long(ccurl_easy *easy, int32_t option, long value);
int32_t ccurl_easy_set_offset(ccurl_easy *easy, int32_t option, int64_t value);
/// The text is copied.
int32_t ccurl_easy_set_string(ccurl_easy *easy, int32_t option, const char *_Nullable value);
/// The list is not copied and must outlive its use.
int32_t ccurl_easy_set_list(ccurl_easy *easy, int32_t option, ccurl_list *_Nullable value);
int32_t ccurl_easy_set_pointer(ccurl_easy *easy, int32_t option, void *_Nullable value);
/// The bytes are copied.
int32_t ccurl_easy_set_blob(ccurl_easy *easy, int32_t option, const void *bytes, size_t count);
int32_t ccurl_easy_set_function(ccurl_easy *easy, int32_t option, ccurl_write_function value);
int32_t ccurl_easy_set_share(ccurl_easy *easy, ccurl_share *_Nullable share);

int32_t ccurl_easy_get_long(ccurl_easy *easy, int32_t info, long *value);
int32_t ccurl_easy_get_offset(ccurl_easy *easy, int32_t info, int64_t *value);
/// The text belongs to the handle.
int32_t ccurl_easy_get_string(ccurl_easy *easy, int32_t info, const char *_Nullable *_Nonnull value);
int32_t ccurl_easy_get_pointer(ccurl_easy *easy, int32_t info, void *_Nullable *_Nonnull value);
const char *ccurl_easy_text(int32_t code);

// MARK: Multi handles

ccurl_multi *_Nullable ccurl_multi_create(void);
int32_t ccurl_multi_destroy(ccurl_multi *multi);
int32_t ccurl_multi_set_long(ccurl_multi *multi, int32_t option, long value);
int32_t ccurl_multi_add(ccurl_multi *multi, ccurl_easy *easy);
int32_t ccurl_multi_remove(ccurl_multi *multi, ccurl_easy *easy);
int32_t ccurl_multi_perform(ccurl_multi *multi);
int32_t ccurl_multi_wait(ccurl_multi *multi, int32_t milliseconds);
int32_t ccurl_multi_wakeup(ccurl_multi *multi);
/// The next transfer that has ended, NULL where there is none.
ccurl_easy *_Nullable ccurl_multi_next_ended(ccurl_multi *multi, int32_t *code);
const char *ccurl_multi_text(int32_t code);

// MARK: Shares and lists

ccurl_share *_Nullable ccurl_share_create(void);
int32_t ccurl_share_destroy(ccurl_share *share);
int32_t ccurl_share_add(ccurl_share *share, int32_t data);

/// The list with one more line, NULL where memory is short (the list is then unchanged). The text is copied.
ccurl_list *_Nullable ccurl_list_append(ccurl_list *_Nullable list, const char *text);
void ccurl_list_destroy(ccurl_list *_Nullable list);

// MARK: The option list of the loaded library

/// False where the library does not know the option.
bool ccurl_option_describe(int32_t option, const char *_Nullable *_Nonnull name, int32_t *type);

extern const int32_t CCURL_TYPE_LONG;
extern const int32_t CCURL_TYPE_VALUES;
extern const int32_t CCURL_TYPE_OFFSET;
extern const int32_t CCURL_TYPE_OBJECT;
extern const int32_t CCURL_TYPE_STRING;
extern const int32_t CCURL_TYPE_LIST;
extern const int32_t CCURL_TYPE_CONTEXT;
extern const int32_t CCURL_TYPE_BLOB;
extern const int32_t CCURL_TYPE_FUNCTION;

// MARK: Constants

extern const int32_t CCURL_OPT_ACCEPT_ENCODING;
extern const int32_t CCURL_OPT_CAINFO;
extern const int32_t CCURL_OPT_CAINFO_BLOB;
extern const int32_t CCURL_OPT_CAPATH;
extern const int32_t CCURL_OPT_CONNECT_TO;
extern const int32_t CCURL_OPT_CONNECTTIMEOUT_MS;
extern const int32_t CCURL_OPT_COPYPOSTFIELDS;
extern const int32_t CCURL_OPT_CUSTOMREQUEST;
extern const int32_t CCURL_OPT_ERRORBUFFER;
extern const int32_t CCURL_OPT_FOLLOWLOCATION;
extern const int32_t CCURL_OPT_HEADERDATA;
extern const int32_t CCURL_OPT_HEADERFUNCTION;
extern const int32_t CCURL_OPT_HTTP_VERSION;
extern const int32_t CCURL_OPT_HTTPGET;
extern const int32_t CCURL_OPT_HTTPHEADER;
extern const int32_t CCURL_OPT_NETRC;
extern const int32_t CCURL_OPT_NOBODY;
extern const int32_t CCURL_OPT_NOSIGNAL;
extern const int32_t CCURL_OPT_PATH_AS_IS;
extern const int32_t CCURL_OPT_POST;
extern const int32_t CCURL_OPT_POSTFIELDSIZE_LARGE;
extern const int32_t CCURL_OPT_PRIVATE;
extern const int32_t CCURL_OPT_PROTOCOLS_STR;
extern const int32_t CCURL_OPT_PROXY;
extern const int32_t CCURL_OPT_PROXY_CAPATH;
extern const int32_t CCURL_OPT_QUICK_EXIT;
extern const int32_t CCURL_OPT_RESOLVE;
extern const int32_t CCURL_OPT_SSL_VERIFYHOST;
extern const int32_t CCURL_OPT_SSL_VERIFYPEER;
extern const int32_t CCURL_OPT_SSLCERT;
extern const int32_t CCURL_OPT_SSLCERT_BLOB;
extern const int32_t CCURL_OPT_SSLKEY;
extern const int32_t CCURL_OPT_SSLKEY_BLOB;
extern const int32_t CCURL_OPT_SSLVERSION;
extern const int32_t CCURL_OPT_SUPPRESS_CONNECT_HEADERS;
extern const int32_t CCURL_OPT_TIMEOUT_MS;
extern const int32_t CCURL_OPT_URL;
extern const int32_t CCURL_OPT_USERAGENT;
extern const int32_t CCURL_OPT_WRITEDATA;
extern const int32_t CCURL_OPT_WRITEFUNCTION;

extern const int32_t CCURL_MULTI_OPT_MAXCONNECTS;
extern const int32_t CCURL_SHARE_CONNECTIONS;
extern const int32_t CCURL_SHARE_TLS_SESSIONS;

extern const int32_t CCURL_INFO_APPCONNECT_TIME;
extern const int32_t CCURL_INFO_CONNECT_TIME;
extern const int32_t CCURL_INFO_HTTP_VERSION;
extern const int32_t CCURL_INFO_NAMELOOKUP_TIME;
extern const int32_t CCURL_INFO_NUM_CONNECTS;
extern const int32_t CCURL_INFO_OS_ERRNO;
extern const int32_t CCURL_INFO_PRIMARY_IP;
extern const int32_t CCURL_INFO_PRIMARY_PORT;
extern const int32_t CCURL_INFO_PRIVATE;
extern const int32_t CCURL_INFO_RESPONSE_CODE;
extern const int32_t CCURL_INFO_STARTTRANSFER_TIME;
extern const int32_t CCURL_INFO_TOTAL_TIME;

extern const long CCURL_HTTP_1_0;
extern const long CCURL_HTTP_1_1;
extern const long CCURL_HTTP_2;
extern const long CCURL_HTTP_2_OVER_TLS;
extern const long CCURL_TLS_1_2;
extern const long CCURL_TLS_1_3;
extern const long CCURL_HTTP_3;
extern const int32_t CCURL_ERROR_SIZE;

extern const int32_t CCURL_OK;
extern const int32_t CCURL_BAD_CONTENT_ENCODING;
extern const int32_t CCURL_COULDNT_CONNECT;
extern const int32_t CCURL_COULDNT_RESOLVE_HOST;
extern const int32_t CCURL_COULDNT_RESOLVE_PROXY;
extern const int32_t CCURL_GOT_NOTHING;
extern const int32_t CCURL_HTTP2;
extern const int32_t CCURL_HTTP2_STREAM;
extern const int32_t CCURL_OPERATION_TIMEDOUT;
extern const int32_t CCURL_OUT_OF_MEMORY;
extern const int32_t CCURL_PARTIAL_FILE;
extern const int32_t CCURL_PEER_FAILED_VERIFICATION;
extern const int32_t CCURL_PROXY;
extern const int32_t CCURL_RECV_ERROR;
extern const int32_t CCURL_SEND_ERROR;
extern const int32_t CCURL_SSL_CACERT_BADFILE;
extern const int32_t CCURL_SSL_CERTPROBLEM;
extern const int32_t CCURL_SSL_CIPHER;
extern const int32_t CCURL_SSL_CLIENTCERT;
extern const int32_t CCURL_SSL_CONNECT_ERROR;
extern const int32_t CCURL_SSL_INVALIDCERTSTATUS;
extern const int32_t CCURL_SSL_ISSUER_ERROR;
extern const int32_t CCURL_UNSUPPORTED_PROTOCOL;
extern const int32_t CCURL_URL_MALFORMAT;
extern const int32_t CCURL_WEIRD_SERVER_REPLY;
extern const int32_t CCURL_WRITE_ERROR;

#pragma clang assume_nonnull end

#endif
