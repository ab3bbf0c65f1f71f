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

NAME(glossary_words, "glossary/words.json");
static const uint8_t glossary_words[] = {
#embed "glossary/words.json"
};

NAME(rules_ast, "rules/AST.json");
static const uint8_t rules_ast[] = {
#embed "rules/AST.json"
};

NAME(rules_dev, "rules/DEV.json");
static const uint8_t rules_dev[] = {
#embed "rules/DEV.json"
};

NAME(rules_dis, "rules/DIS.json");
static const uint8_t rules_dis[] = {
#embed "rules/DIS.json"
};

NAME(rules_exc, "rules/EXC.json");
static const uint8_t rules_exc[] = {
#embed "rules/EXC.json"
};

NAME(rules_htt, "rules/HTT.json");
static const uint8_t rules_htt[] = {
#embed "rules/HTT.json"
};

NAME(rules_int, "rules/INT.json");
static const uint8_t rules_int[] = {
#embed "rules/INT.json"
};

NAME(rules_jwt, "rules/JWT.json");
static const uint8_t rules_jwt[] = {
#embed "rules/JWT.json"
};

NAME(rules_key, "rules/KEY.json");
static const uint8_t rules_key[] = {
#embed "rules/KEY.json"
};

NAME(rules_pkc, "rules/PKC.json");
static const uint8_t rules_pkc[] = {
#embed "rules/PKC.json"
};

NAME(rules_pop, "rules/POP.json");
static const uint8_t rules_pop[] = {
#embed "rules/POP.json"
};

NAME(rules_ref, "rules/REF.json");
static const uint8_t rules_ref[] = {
#embed "rules/REF.json"
};

NAME(rules_res, "rules/RES.json");
static const uint8_t rules_res[] = {
#embed "rules/RES.json"
};

NAME(rules_rev, "rules/REV.json");
static const uint8_t rules_rev[] = {
#embed "rules/REV.json"
};

NAME(rules_tok, "rules/TOK.json");
static const uint8_t rules_tok[] = {
#embed "rules/TOK.json"
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
    RESOURCE(glossary_words),
    RESOURCE(rules_ast),
    RESOURCE(rules_dev),
    RESOURCE(rules_dis),
    RESOURCE(rules_exc),
    RESOURCE(rules_htt),
    RESOURCE(rules_int),
    RESOURCE(rules_jwt),
    RESOURCE(rules_key),
    RESOURCE(rules_pkc),
    RESOURCE(rules_pop),
    RESOURCE(rules_ref),
    RESOURCE(rules_res),
    RESOURCE(rules_rev),
    RESOURCE(rules_tok),
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
