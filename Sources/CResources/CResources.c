#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define RESOURCE(symbol) { symbol##_name, symbol, sizeof symbol }

#define NAME(symbol, text) static const char symbol##_name[] = text

NAME(api_key, "providers/api-key.json");
static const uint8_t api_key[] = {
#embed "providers/api-key.json"
};

NAME(basic, "providers/basic.json");
static const uint8_t basic[] = {
#embed "providers/basic.json"
};

NAME(bearer, "providers/bearer.json");
static const uint8_t bearer[] = {
#embed "providers/bearer.json"
};

NAME(clarify, "providers/clarify.json");
static const uint8_t clarify[] = {
#embed "providers/clarify.json"
};

NAME(clazar, "providers/clazar.json");
static const uint8_t clazar[] = {
#embed "providers/clazar.json"
};

NAME(oauth2_client_credentials, "providers/oauth2-client-credentials.json");
static const uint8_t oauth2_client_credentials[] = {
#embed "providers/oauth2-client-credentials.json"
};

NAME(oauth2_password, "providers/oauth2-password.json");
static const uint8_t oauth2_password[] = {
#embed "providers/oauth2-password.json"
};

NAME(oidc, "providers/oidc.json");
static const uint8_t oidc[] = {
#embed "providers/oidc.json"
};

NAME(scalar, "providers/scalar.json");
static const uint8_t scalar[] = {
#embed "providers/scalar.json"
};

NAME(zara4, "providers/zara4.json");
static const uint8_t zara4[] = {
#embed "providers/zara4.json"
};

NAME(zarv, "providers/zarv.json");
static const uint8_t zarv[] = {
#embed "providers/zarv.json"
};

struct resource {
    const char *name;
    const uint8_t *bytes;
    size_t length;
};

static const struct resource resources[] = {
    RESOURCE(api_key),
    RESOURCE(basic),
    RESOURCE(bearer),
    RESOURCE(clarify),
    RESOURCE(clazar),
    RESOURCE(oauth2_client_credentials),
    RESOURCE(oauth2_password),
    RESOURCE(oidc),
    RESOURCE(scalar),
    RESOURCE(zara4),
    RESOURCE(zarv),
};

size_t cresources_count(void) { return sizeof resources / sizeof *resources; }

const char *cresources_name(size_t index) {
    return index < cresources_count() ? resources[index].name : NULL;
}

const uint8_t *cresources_bytes(size_t index) {
    return index < cresources_count() ? resources[index].bytes : NULL;
}

size_t cresources_length(size_t index) {
    return index < cresources_count() ? resources[index].length : 0;
}
