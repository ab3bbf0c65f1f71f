#ifndef CRESOURCES_H
#define CRESOURCES_H

#include <stddef.h>
#include <stdint.h>

/// Files that are part of the executable, as bytes; named by their path in this folder: `providers/zarv.json`.
size_t cresources_count(void);

/// The name of one, NULL past the end.
const char *_Nullable cresources_name(size_t index);

/// Its bytes, NULL past the end; they live as long as the process and are not followed by a NUL.
const uint8_t *_Nullable cresources_bytes(size_t index);

size_t cresources_length(size_t index);

#endif
